"""An approver's question on an offer, answered."""

from __future__ import annotations

from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.openapi import Area, Body
from recruiter.api.v1.offers import offer_json
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.offers.approval import approval_services
from recruiter.offers.models import Offer
from recruiter.policy.permissions import Permission

blueprint = Area("offer answers", "What approvers ask about an offer, answered")


class OfferAnswerBody(Body):
    """What an approver is answered."""

    answer = Text(required=True, longest=2000)


@blueprint.post("/offers/<int:offer_id>/answer", Permission.OFFER_SEND, body=OfferAnswerBody)
def answer(body: JsonObject, offer: Offer) -> JsonObject:
    """Answer the oldest question of an approver that waits."""
    approval_services.answer_question(db.session(), offer=offer, answer=body["answer"], act=guard.act())
    return offer_json(offer)
