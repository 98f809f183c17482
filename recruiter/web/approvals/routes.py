"""Deciding on an offer on one page, made for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from recruiter.accounts import queries as accounts
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.foundation.money import Money
from recruiter.offers import queries, rules, services, term_versions
from recruiter.offers.approval import approval_chain, approval_services, chain_queries
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import ApprovalDecision, Offer, OfferStatus
from recruiter.policy.permissions import Permission
from recruiter.web.approvals.area import blueprint
from recruiter.web.offers import approval_progress, forms, offer_page, offer_rows, terms_comparison
from recruiter.web.offers.form_action import CHANGED_MEANWHILE
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class DecidePage:
    """What an approver needs to say yes or no, and nothing else; `revision` is that of the present terms."""

    title: str
    offer: Offer
    revision: int
    state: tuple[str, str]
    asker: str
    base: Money
    over: Money | None
    share: str
    up_to: Money | None
    interval: str
    bar: offer_rows.BandBar | None
    comparison: terms_comparison.Comparison | None
    progress: approval_progress.ApprovalProgress | None
    form: forms.DecisionForm
    closed: str
    stands_for: str
    problem: str

    def amount(self, name: str) -> Money | None:
        """Bonus or sign-on with its currency."""
        value: int | None = getattr(self.offer, name)
        return Money(value, self.offer.currency) if value is not None else None


def slot_or_reason(offer: Offer) -> tuple[approval_chain.Slot | None, str]:
    """Where the viewer's word would count now, else why it does not."""
    if offer.status != OfferStatus.PENDING_APPROVAL:
        return None, f"This offer is {rules.STATUS_PHRASES[offer.status]}, so there is nothing to decide."
    actor = guard.actor()
    represented = chain_queries.represented_by(db.session(), actor.id, on=guard.today())
    plan, votes = approval_chain.plan_of(offer.plan), chain_queries.votes_of(offer)
    try:
        slot = approval_chain.slot_for(
            plan, votes, actor=actor.id, stands_for=represented, barred=approval_services.barred_approvers(offer)
        )
    except DomainError as error:
        return None, error.message
    return slot, ""


def page_of(offer: Offer, *, form: Any = None, problem: str = "") -> DecidePage:
    """Gather the page."""
    session, application = db.session(), offer.application
    queries.of_application(session, application)  # brings approvals and versions along in one go
    names = {user.id: user.name for user in accounts.everybody(session)}
    band, base = application.requisition.band, Money(offer.base, offer.currency)
    excess = rules.excess(base, band)
    slot, closed = slot_or_reason(offer)
    return DecidePage(
        title=f"Offer to {application.candidate.name}",
        offer=offer,
        revision=term_versions.current(offer).revision,
        state=offer_rows.STATES[offer.status],
        asker=names.get(offer.submitted_by_id or offer.created_by_id, ""),
        base=base,
        over=excess,
        share=f"{excess.amount / band.max:.1%}" if excess and band and band.max else "",
        up_to=band_exceptions.allowed_up_to(session, application),
        interval=band.interval if band else "year",
        bar=offer_rows.bar_of(base, band),
        comparison=terms_comparison.comparison_of(offer, viewer_id=guard.actor().id),
        progress=approval_progress.progress_of(offer.plan, chain_queries.votes_of(offer), answer_by=offer.answer_by),
        form=form or forms.DecisionForm(formdata=None),
        closed=closed,
        stands_for=names.get(slot.on_behalf_of, "") if slot and slot.on_behalf_of else "",
        problem=problem,
    )


@blueprint.get("/offers/<int:offer_id>/approval")
@guard.needs(Permission.OFFER_APPROVE)
def decide(offer: Offer) -> Any:
    """Read what is asked, and answer it with one thumb."""
    return render_template("approvals/decide.html", page=page_of(offer))


def _render_again(offer: Offer, form: forms.DecisionForm, problem: str) -> str:
    """The page that the answer came from, with what was typed."""
    if request.form.get("back") == "phone":
        return render_template(
            "approvals/decide.html", page=page_of(offer, form=form, problem=problem), has_errors=True
        )
    page = offer_page.page_of(offer, offer_page.RejectedForm("decision", form, problem))
    return render_template("offers/show.html", page=page, has_errors=True)


@blueprint.post("/offers/<int:offer_id>/approval")
@guard.needs(Permission.OFFER_APPROVE)
def answer(offer: Offer) -> Any:
    """Approve or refuse the present terms, or ask about them; never one's own request."""
    form, problem, status = forms.DecisionForm(), "", 422
    if forms.is_stale(form, offer):
        return _render_again(offer, form, CHANGED_MEANWHILE), Conflict.status
    if form.validate():
        decision = ApprovalDecision(str(form.decision.data))
        try:
            services.approve(
                db.session(),
                offer=offer,
                decision=decision,
                comment=form.comment.data or "",
                act=guard.act(),
                today=guard.today(),
            )
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message), error.status
        else:
            db.session.commit()
            phone = request.form.get("back") == "phone"
            home = url_for("approvals.decide" if phone else "offers.show", offer_id=offer.id)
            return redirect_with_flash(home, message=_decision_message(offer, decision))
    return _render_again(offer, form, problem), status


def _decision_message(offer: Offer, decision: ApprovalDecision) -> str:
    if decision == ApprovalDecision.REFUSED:
        return "Offer refused."
    if decision == ApprovalDecision.QUESTION:
        return "Your question is on its way to whoever asked. The offer still waits."
    if offer.status == OfferStatus.APPROVED:
        return "Offer approved."
    return "Your approval counts. The offer waits for the others of its chain."
