"""Approval asked for and given: the chain is fixed when it is asked for, reminders are planned, words are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers import rules, term_versions
from recruiter.offers.approval import approval_chain, chain_queries
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import Approval, ApprovalDecision, Offer, OfferStatus
from recruiter.pipeline import rules as pipeline
from recruiter.requisitions.models import Band

CALL_JOB, QUESTION, ANSWER = "approval.call", "approval.question", "approval.answer"
DECISION_ACTIONS = {
    ApprovalDecision.APPROVED: AuditAction.OFFER_APPROVED,
    ApprovalDecision.REFUSED: AuditAction.OFFER_REFUSED,
    ApprovalDecision.QUESTION: AuditAction.OFFER_ASKED_ABOUT,
}


def barred_approvers(offer: Offer) -> set[int]:
    """Who asked, and so never approves: who drafted the offer and who sent it."""
    return {user_id for user_id in (offer.submitted_by_id, offer.created_by_id) if user_id is not None}


def plan_for(
    session: Session, *, base: Money, band: Band | None, case: bool, barred: Collection[int]
) -> approval_chain.ChainPlan:
    """The chain that a base needs by the size of its excess. Raises Conflict where it could never be approved."""
    excess = rules.excess(base, band)
    plan = approval_chain.chain_for_excess(
        chain_queries.chains_for(session, cases=case), excess=excess, top=band.max if band else 0
    )
    able = {approver.id for approver in chain_queries.approvers(session)} if plan != approval_chain.DEFAULT else set()
    approval_chain.check_reachable(plan, approvers=able, barred=barred)
    return plan


def notify_approvers(
    session: Session,
    *,
    kind: str,
    number: int,
    submitted_at: dt.datetime,
    now: dt.datetime,
    answer_by: dt.datetime | None,
) -> None:
    """Tell those whose turn it is; with `by`, remind them once each at 50 and 80 % of the time, and tell who asked at the end."""
    payload = {"of": kind, "id": number, "asked": submitted_at.isoformat()}
    jobs.enqueue(session, CALL_JOB, payload={**payload, "share": 0}, now=now)
    for percent, due_at in approval_chain.reminders(submitted_at, answer_by) if answer_by else []:
        jobs.enqueue(session, CALL_JOB, payload={**payload, "share": percent}, now=now, due_at=due_at)
    if answer_by is not None and answer_by > now:
        jobs.enqueue(session, CALL_JOB, payload={**payload, "share": 100}, now=now, due_at=answer_by)


def submit(
    session: Session,
    *,
    offer: Offer,
    act: Act,
) -> Offer:
    """Ask for approval by the chain that the size of the excess needs.

    Above the band only with an approved budget case that covers it. The answer is due within the days of the chain, or by the
    day on which the offer expires where that comes first.
    """
    rules.check_status(offer, allowed=(OfferStatus.DRAFT,), action="submitted")
    pipeline.check_active(offer.application)
    up_to = band_exceptions.allowed_up_to(session, offer.application)
    band, base = offer.application.requisition.band, Money(offer.base, offer.currency)
    rules.check_covered(base, band=band, up_to=up_to, voided=band_exceptions.reason_void(session, offer.application))
    plan = plan_for(session, base=base, band=band, case=False, barred={act.actor.id, offer.created_by_id})
    today = act.now.astimezone(act.zone).date()
    last_day = act.calendar.add(today, plan.answer_days)
    last_day = min(last_day, offer.expires_on) if offer.expires_on else last_day
    offer.status, offer.submitted_by_id, offer.submitted_at = OfferStatus.PENDING_APPROVAL, act.actor.id, act.now
    offer.plan, offer.answer_by = approval_chain.as_json(plan), approval_chain.end_of(last_day, act.zone)
    audit.record(session, action=AuditAction.OFFER_SUBMITTED, subject=offer, act=act)
    notify_approvers(
        session, kind="offer", number=offer.id, submitted_at=act.now, now=act.now, answer_by=offer.answer_by
    )
    return offer


def approve(
    session: Session,
    *,
    offer: Offer,
    decision: ApprovalDecision,
    comment: str,
    act: Act,
    today: dt.date | None = None,
) -> Offer:
    """Say a word on the present terms, when it is one's turn, for oneself or whom one stands in for; never the one who asked.

    The last approval that the chain needs approves the offer; one refusal takes it back to a draft; a question changes nothing.
    """
    rules.check_status(offer, allowed=(OfferStatus.PENDING_APPROVAL,), action="approved or refused")
    cleaned_comment = text.clean(comment)
    plan, votes = approval_chain.plan_of(offer.plan), chain_queries.votes_of(offer)
    represented = chain_queries.represented_by(session, act.actor.id, on=today or act.now.date())
    seat = approval_chain.slot_for(
        plan, votes, actor=act.actor.id, stands_for=represented, barred=barred_approvers(offer)
    )
    if decision == ApprovalDecision.QUESTION and not cleaned_comment:
        raise RuleBroken.at("comment", "Write your question.")
    if decision == ApprovalDecision.APPROVED:
        up_to = band_exceptions.allowed_up_to(session, offer.application)
        band, base = offer.application.requisition.band, Money(offer.base, offer.currency)
        rules.check_covered(
            base, band=band, up_to=up_to, voided=band_exceptions.reason_void(session, offer.application)
        )
    approval = Approval(
        offer=offer,
        terms_version=offer.terms_version,
        revision=term_versions.current(offer).revision,
        step=seat.step,
        group_name=seat.group,
        decision=decision,
        comment=cleaned_comment,
        by=act.actor,
        for_id=seat.on_behalf_of,
        at=act.now,
    )
    session.add(approval)
    if decision == ApprovalDecision.REFUSED:
        offer.status = OfferStatus.DRAFT
    elif decision == ApprovalDecision.QUESTION:
        jobs.enqueue(session, QUESTION, payload={"of": "offer", "id": offer.id, "by": act.actor.id}, now=act.now)
    else:
        new_votes = [
            *votes,
            approval_chain.Vote(act.actor.id, seat.on_behalf_of or act.actor.id, seat.step, seat.group),
        ]
        step, _ = approval_chain.open_groups(plan, new_votes)
        if step == 0:
            offer.status = OfferStatus.APPROVED
        elif step != seat.step:
            notify_approvers(
                session,
                kind="offer",
                number=offer.id,
                submitted_at=offer.submitted_at or act.now,
                now=act.now,
                answer_by=None,
            )
    audit.record(
        session,
        action=DECISION_ACTIONS[decision],
        subject=offer,
        act=act,
        version=offer.terms_version,
        **({"step": seat.step} if plan != approval_chain.DEFAULT else {}),
        **({"for_id": seat.on_behalf_of} if seat.on_behalf_of else {}),
    )
    session.flush()
    return offer
