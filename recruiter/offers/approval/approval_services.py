"""Approval asked for and given: the chain is fixed when it is asked for, reminders are planned, words are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import jobs, text
from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers import rules, term_versions
from recruiter.offers.approval import approval_chain, chain_queries
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import Approval, ApprovalDecision, Offer, OfferStatus
from recruiter.pipeline import rules as pipeline
from recruiter.requisitions.models import Band

CALL, QUESTION, ANSWER = "approval.call", "approval.question", "approval.answer"


def barred_from(offer: Offer) -> set[int]:
    """Who asked, and so never approves: who drafted the offer and who sent it."""
    return {one for one in (offer.submitted_by_id, offer.created_by_id) if one is not None}


def plan_for(
    session: Session, *, base: Money, band: Band | None, case: bool, barred: Collection[int]
) -> approval_chain.Plan:
    """The chain that a base needs by the size of its excess. Raises Conflict where it could never be approved."""
    over = rules.excess(base, band)
    plan = approval_chain.chosen(
        chain_queries.chains_for(session, cases=case), excess=over, top=band.max if band else 0
    )
    able = {one.id for one in chain_queries.approvers(session)} if plan != approval_chain.DEFAULT else set()
    approval_chain.check_reachable(plan, approvers=able, barred=barred)
    return plan


def call(
    session: Session, *, of: str, number: int, asked: dt.datetime, now: dt.datetime, by: dt.datetime | None
) -> None:
    """Tell those whose turn it is; with `by`, remind them once each at 50 and 80 % of the time, and tell who asked at the end."""
    payload = {"of": of, "id": number, "asked": asked.isoformat()}
    jobs.enqueue(session, CALL, payload={**payload, "share": 0}, now=now)
    for share, due_at in approval_chain.reminders(asked, by) if by else []:
        jobs.enqueue(session, CALL, payload={**payload, "share": share}, now=now, due_at=due_at)
    if by is not None and by > now:
        jobs.enqueue(session, CALL, payload={**payload, "share": 100}, now=now, due_at=by)


def submit(
    session: Session,
    *,
    offer: Offer,
    actor: User,
    now: dt.datetime,
    zone: dt.tzinfo = dt.UTC,
    calendar: WorkingDays = WEEKDAYS,
) -> Offer:
    """Ask for approval by the chain that the size of the excess needs.

    Above the band only with an approved budget case that covers it. The answer is due within the days of the chain, or by the
    day on which the offer expires where that comes first.
    """
    rules.check_status(offer, wanted=(OfferStatus.DRAFT,), doing="submitted")
    pipeline.check_active(offer.application)
    up_to = band_exceptions.allowed_up_to(session, offer.application)
    band, base = offer.application.requisition.band, Money(offer.base, offer.currency)
    rules.check_covered(base, band=band, up_to=up_to, voided=band_exceptions.no_longer(session, offer.application))
    plan = plan_for(session, base=base, band=band, case=False, barred={actor.id, offer.created_by_id})
    today = now.astimezone(zone).date()
    last = calendar.add(today, plan.answer_days)
    last = min(last, offer.expires_on) if offer.expires_on else last
    offer.status, offer.submitted_by_id, offer.submitted_at = OfferStatus.PENDING_APPROVAL, actor.id, now
    offer.plan, offer.answer_by = approval_chain.stored(plan), approval_chain.end_of(last, zone)
    audit.record(session, action="offer.submitted", subject=offer, actor_id=actor.id, at=now)
    call(session, of="offer", number=offer.id, asked=now, now=now, by=offer.answer_by)
    return offer


def approve(
    session: Session,
    *,
    offer: Offer,
    decision: ApprovalDecision,
    comment: str,
    actor: User,
    now: dt.datetime,
    today: dt.date | None = None,
) -> Offer:
    """Say a word on the present terms, when it is one's turn, for oneself or whom one stands in for; never the one who asked.

    The last approval that the chain needs approves the offer; one refusal takes it back to a draft; a question changes nothing.
    """
    rules.check_status(offer, wanted=(OfferStatus.PENDING_APPROVAL,), doing="approved or refused")
    said = text.clean(comment)
    plan, words = approval_chain.plan_of(offer.plan), chain_queries.words_of(offer)
    stands_for = chain_queries.stood_in_by(session, actor.id, on=today or now.date())
    seat = approval_chain.seat_for(plan, words, actor=actor.id, stands_for=stands_for, barred=barred_from(offer))
    if decision == ApprovalDecision.QUESTION and not said:
        raise RuleBroken.at("comment", "Write your question.")
    if decision == ApprovalDecision.APPROVED:
        up_to = band_exceptions.allowed_up_to(session, offer.application)
        band, base = offer.application.requisition.band, Money(offer.base, offer.currency)
        rules.check_covered(base, band=band, up_to=up_to, voided=band_exceptions.no_longer(session, offer.application))
    approval = Approval(
        offer=offer,
        terms_version=offer.terms_version,
        revision=term_versions.present(offer).revision,
        step=seat.step,
        group_name=seat.group,
        decision=decision,
        comment=said,
        by=actor,
        for_id=seat.stands_for,
        at=now,
    )
    session.add(approval)
    if decision == ApprovalDecision.REFUSED:
        offer.status = OfferStatus.DRAFT
    elif decision == ApprovalDecision.QUESTION:
        jobs.enqueue(session, QUESTION, payload={"of": "offer", "id": offer.id, "by": actor.id}, now=now)
    else:
        after = [*words, approval_chain.Word(actor.id, seat.stands_for or actor.id, seat.step, seat.group)]
        step, _ = approval_chain.open_groups(plan, after)
        if step == 0:
            offer.status = OfferStatus.APPROVED
        elif step != seat.step:
            call(session, of="offer", number=offer.id, asked=offer.submitted_at or now, now=now, by=None)
    audit.record(
        session,
        action="offer.asked_about" if decision == ApprovalDecision.QUESTION else f"offer.{decision.value}",
        subject=offer,
        actor_id=actor.id,
        at=now,
        version=offer.terms_version,
        **({"step": seat.step} if plan != approval_chain.DEFAULT else {}),
        **({"for_id": seat.stands_for} if seat.stands_for else {}),
    )
    session.flush()
    return offer
