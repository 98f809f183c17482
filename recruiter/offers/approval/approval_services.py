"""Approval asked for and given: the chain is fixed when it is asked for, reminders are planned, words are counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.money import Money
from recruiter.foundation.seen import Mark, Seen
from recruiter.offers import rules, term_versions
from recruiter.offers.approval import approval_chain, approval_rounds, chain_queries, sight_rules, turn_rules
from recruiter.offers.approval.approval_chain import ChainPlan, Slot
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import Approval, ApprovalDecision, Offer, OfferStatus
from recruiter.pipeline import rules as pipeline
from recruiter.requisitions.models import Requisition

CALL_JOB, QUESTION, ANSWER = "approval.call", "approval.question", "approval.answer"
DECISION_ACTIONS = {
    ApprovalDecision.APPROVED: AuditAction.OFFER_APPROVED,
    ApprovalDecision.REFUSED: AuditAction.OFFER_REFUSED,
    ApprovalDecision.QUESTION: AuditAction.OFFER_ASKED_ABOUT,
}


def plan_for(
    session: Session, *, base: Money, requisition: Requisition, case: bool, barred: Collection[int], act: Act
) -> ChainPlan:
    """The chain that a base needs by the size of its excess.

    Raises Conflict where it could never be approved, or would ask somebody who cannot see a confidential requisition.
    """
    band = requisition.band
    chains = chain_queries.chains_for(session, cases=case)
    plan = approval_chain.chain_for_excess(chains, excess=rules.excess(base, band), top=band.max if band else 0)
    able = {approver.id for approver in chain_queries.approvers(session)} if plan != approval_chain.DEFAULT else set()
    approval_chain.check_reachable(plan, approvers=able, barred=barred)
    blind = sight_rules.unseeing(
        requisition,
        plan,
        (),
        approvers=chain_queries.approvers(session),
        deputies=chain_queries.deputies_on(session, act.today),
        barred=barred,
    )
    if blind.sentence:
        raise Conflict(f"{blind.sentence} Then send it again.")
    return plan


def begin(session: Session, request: Approvable, *, plan: ChainPlan, last_day: dt.date, act: Act) -> None:
    """Fix the chain of a request and its day, tell those whose turn it is, and plan their reminders.

    They are reminded at 50 and 80 % of the time; at its end whoever asked is told that nobody answered.
    """
    answer_by = approval_chain.end_of(last_day, act.zone)
    request.plan, request.answer_by, request.submitted_at = asdict(plan), answer_by, act.now
    _call_approvers(session, request, percent=0, act=act)
    steps = approval_chain.reminders(act.now, answer_by)
    for percent, due_at in [*steps, (100, answer_by)] if steps else []:
        _call_approvers(session, request, percent=percent, act=act, due_at=due_at)


def _call_approvers(
    session: Session,
    request: Approvable,
    *,
    percent: int,
    act: Act,
    due_at: dt.datetime | None = None,
    only_id: int | None = None,
) -> None:
    submitted_at = (request.submitted_at or act.now).isoformat()
    payload = {"of": request.approval_kind, "id": request.id, "asked": submitted_at, "share": percent}
    payload |= {"only": only_id} if only_id else {}
    jobs.enqueue(session, CALL_JOB, payload=payload, now=act.now, due_at=due_at)


def is_complete(session: Session, request: Approvable, slot: Slot, *, act: Act) -> bool:
    """Whether the chain is done once an approval in a slot is stored; where a new step begins, its approvers are told."""
    session.flush()
    step, _ = approval_chain.open_groups(approval_chain.plan_of(request.plan), approval_rounds.votes_of(request))
    if step not in {0, slot.step}:
        _call_approvers(session, request, percent=0, act=act)
    return step == 0


def give_turn(session: Session, request: Approvable, *, of: User, to: User, act: Act) -> None:
    """Give the turn of an approver who can no longer answer to another one, in every step that still asks them; `to` is told.

    Raises Conflict where nothing waits for them or they can answer themselves, Forbidden to whoever asked for the approval,
    RuleBroken at `to` for somebody who cannot take it.
    """
    approver_ids = {approver.id for approver in chain_queries.approvers(session)}
    seats = approval_rounds.seats_of(request, of.id)
    turn_rules.check_given(request, seats, of=of, to=to, by_id=act.actor.id, approver_ids=approver_ids)
    request.plan = asdict(approval_chain.with_seats_given(approval_chain.plan_of(request.plan), seats, to=to.id))
    audit.record(session, action=AuditAction.APPROVAL_TURN_GIVEN, subject=request, act=act, from_id=of.id, to_id=to.id)
    _call_approvers(session, request, percent=0, act=act, only_id=to.id)


def pass_question(session: Session, request: Approvable, *, act: Act) -> None:
    """Have whoever asked for the approval told that an approver has a question."""
    payload = {"of": request.approval_kind, "id": request.id, "by": act.actor_id}
    jobs.enqueue(session, QUESTION, payload=payload, now=act.now)


def pass_answer(session: Session, request: Approvable, *, to_id: int, act: Act) -> None:
    """Have an approver told that their question was answered."""
    payload = {"of": request.approval_kind, "id": request.id, "to": to_id, "by": act.actor_id}
    jobs.enqueue(session, ANSWER, payload=payload, now=act.now)


def submit(session: Session, *, offer: Offer, act: Act) -> Offer:
    """Ask for approval by the chain that the size of the excess needs.

    Above the band only with an approved budget case that covers it (Conflict). The answer is due within the days of the
    chain, or by the day on which the offer expires where that comes first.
    """
    rules.check_status(offer, allowed=(OfferStatus.DRAFT,), action="submitted")
    pipeline.check_active(offer.application)
    band_exceptions.check_covered(session, offer)
    barred = {act.actor_id, offer.created_by_id}
    plan = plan_for(session, base=offer.base_pay, requisition=offer.requisition, case=False, barred=barred, act=act)
    last_day = act.calendar.add(act.today, plan.answer_days)
    offer.status, offer.submitted_by_id = OfferStatus.PENDING_APPROVAL, act.actor_id
    audit.record(session, action=AuditAction.OFFER_SUBMITTED, subject=offer, act=act)
    begin(session, offer, plan=plan, last_day=min(last_day, offer.expires_on or last_day), act=act)
    return offer


def approve(
    session: Session,
    *,
    offer: Offer,
    decision: ApprovalDecision,
    comment: str,
    act: Act,
    seen: Mark = Seen.PRESENT,
) -> Offer:
    """Say a word on the present terms, when it is one's turn, for oneself or whom one stands in for; never the one who asked.

    The last approval that the chain needs approves the offer; one refusal takes it back to a draft; a question changes nothing.
    `seen` names the terms that were read (rules.check_terms_seen).
    """
    rules.check_status(offer, allowed=(OfferStatus.PENDING_APPROVAL,), action="approved or refused")
    represented = chain_queries.represented_by(session, act.actor_id, on=act.today)
    slot = approval_rounds.slot_of(offer, act.actor_id, represented=represented)
    rules.check_terms_seen(offer, seen)
    if decision == ApprovalDecision.QUESTION and not text.clean(comment):
        raise RuleBroken.at("comment", "Write your question.")
    if decision == ApprovalDecision.APPROVED:
        band_exceptions.check_covered(session, offer)
    session.add(_statement(offer, decision, comment, slot, act=act))
    if decision == ApprovalDecision.REFUSED:
        offer.status = OfferStatus.DRAFT
    elif decision == ApprovalDecision.QUESTION:
        pass_question(session, offer, act=act)
    elif is_complete(session, offer, slot, act=act):
        offer.status = OfferStatus.APPROVED
    details = approval_rounds.slot_details(offer, slot)
    audit.record(
        session, action=DECISION_ACTIONS[decision], subject=offer, act=act, version=offer.terms_version, **details
    )
    session.flush()
    return offer


def answer_question(session: Session, *, offer: Offer, answer: str, act: Act) -> Approval:
    """Answer the oldest open question. Raises Conflict where nothing is asked, RuleBroken at `answer` without words."""
    question = next(iter(approval_rounds.open_questions(offer)), None)
    if question is None:
        raise Conflict("No question waits for an answer. It was answered, or the offer has moved on.")
    if not text.clean(answer):
        raise RuleBroken.at("answer", "Write your answer.")
    slot = Slot(question.step, question.group_name or "")
    reply = _statement(offer, ApprovalDecision.ANSWER, answer, slot, act=act)
    session.add(reply)
    pass_answer(session, offer, to_id=question.by_id, act=act)
    audit.record(session, action=AuditAction.OFFER_ANSWERED, subject=offer, act=act, to_id=question.by_id)
    return reply


def _statement(offer: Offer, decision: ApprovalDecision, comment: str, slot: Slot, *, act: Act) -> Approval:
    return Approval(
        offer=offer,
        terms_version=offer.terms_version,
        revision=term_versions.current(offer).revision,
        step=slot.step,
        group_name=slot.group or None,
        decision=decision,
        comment=text.clean(comment),
        by=act.actor,
        for_id=slot.on_behalf_of,
        at=act.now,
    )
