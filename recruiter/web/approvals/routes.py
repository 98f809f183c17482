"""Deciding on an offer on one page, made for a phone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries as accounts
from recruiter.foundation.database.db import db
from recruiter.offers import queries
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision, Offer, OfferStatus
from recruiter.policy.permissions import Permission
from recruiter.web.approvals.area import blueprint
from recruiter.web.offers import forms, offer_page, version_rows
from recruiter.web.request import guard
from recruiter.web.request.conflicts import mark_seen
from recruiter.web.request.form_handling import RejectedForm, handle_form


@dataclass(frozen=True)
class DecidePage(offer_page.OfferFacts):
    """What an approver needs to say yes or no, and nothing else."""

    asker: str
    form: forms.DecisionForm
    closed: str
    stands_for: str


def page_of(offer: Offer, form: forms.DecisionForm | None = None) -> DecidePage:
    """Gather the page."""
    session = db.session()
    queries.of_application(session, offer.application)  # brings approvals and versions along in one go
    names = {user.id: user.name for user in accounts.everybody(session)}
    slot, closed = offer_page.viewers_slot(offer)
    return DecidePage(
        **offer_page.offer_facts(offer, label_seen=form.terms_version.data if form else None),
        asker=names.get(offer.submitted_by_id or offer.created_by_id, ""),
        form=form or forms.DecisionForm(formdata=None),
        closed=closed,
        stands_for=names.get(slot.on_behalf_of, "") if slot and slot.on_behalf_of else "",
    )


@blueprint.page("/offers/<int:offer_id>/approval", Permission.OFFER_APPROVE)
def decide(offer: Offer) -> ResponseReturnValue:
    """Read what is asked, and answer it with one thumb."""
    return render_template("approvals/decide.html", page=page_of(offer))


@blueprint.act("/offers/<int:offer_id>/approval", Permission.OFFER_APPROVE)
def answer(offer: Offer) -> ResponseReturnValue:
    """Approve or refuse the present terms, or ask about them; never one's own request."""
    form, by_phone = forms.DecisionForm(), request.form.get("back") == "phone"

    def save() -> Offer:
        seen = mark_seen(form, "terms_version", offer, "offer")
        version_rows.check_terms_unchanged(offer, form.terms_version.data)
        decision, comment = ApprovalDecision(str(form.decision.data)), form.comment.data or ""
        return approval_services.approve(
            db.session(), offer=offer, decision=decision, comment=comment, act=guard.act(), seen=seen
        )

    def again() -> str:
        if by_phone:
            return render_template("approvals/decide.html", page=page_of(offer, form), has_errors=True)
        page = offer_page.page_of(offer, RejectedForm("decision", form))
        return render_template("offers/show.html", page=page, has_errors=True)

    return handle_form(
        form,
        save=save,
        again=again,
        home=url_for("approvals.decide" if by_phone else "offers.show", offer_id=offer.id),
        flash=lambda decided: _decision_message(decided, form),
    )


def _decision_message(offer: Offer, form: forms.DecisionForm) -> str:
    if form.decision.data == ApprovalDecision.REFUSED.value:
        return "Offer refused."
    if form.decision.data == ApprovalDecision.QUESTION.value:
        return "Your question is on its way to whoever asked. The offer still waits."
    if offer.status == OfferStatus.APPROVED:
        return "Offer approved."
    return "Your approval counts. The offer waits for the others of its chain."
