"""An approver's question on an offer, answered by whoever runs the search."""

from __future__ import annotations

from typing import Any

from recruiter.foundation.database.db import db
from recruiter.offers.approval import question_services
from recruiter.offers.models import Offer
from recruiter.policy.permissions import Permission
from recruiter.web.offers import form_action, forms
from recruiter.web.offers.area import blueprint
from recruiter.web.request import guard


@blueprint.post("/offers/<int:offer_id>/answer")
@guard.needs(Permission.OFFER_SEND)
def answer_question(offer: Offer) -> Any:
    """Answer the oldest question that waits; what was typed stays where it cannot be taken."""
    form = forms.AnswerForm()

    def act() -> object:
        return question_services.answer(db.session(), offer=offer, answer_text=form.answer.data or "", act=guard.act())

    return form_action.act(offer, key="answer", form=form, do=act, message="Answered. Whoever asked is told.")
