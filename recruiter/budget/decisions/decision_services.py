"""Decisions on frozen cases: by the chain that the size of the excess needs, word by word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget import rules
from recruiter.budget.content_check import quotations
from recruiter.budget.decisions import question_services
from recruiter.budget.frozen.integrity import check_intact, frozen_content
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, CaseVerdict
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, DomainError, Forbidden
from recruiter.foundation.money import Money
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_chain, approval_services, chain_queries
from recruiter.offers.band import band_exceptions

ROUND_ENDING = (CaseVerdict.REFUSED, CaseVerdict.CHANGES_REQUESTED)
VERDICT_ACTIONS = {
    CaseVerdict.APPROVED: AuditAction.CASE_APPROVED,
    CaseVerdict.REFUSED: AuditAction.CASE_REFUSED,
    CaseVerdict.CHANGES_REQUESTED: AuditAction.CASE_CHANGES_REQUESTED,
    CaseVerdict.QUESTION: AuditAction.CASE_ASKED_ABOUT,
}


def barred_from_deciding(case: BudgetCase) -> set[int]:
    """Who asked, and so never decides."""
    return {case.requested_by_id}


def start_approval(
    session: Session,
    *,
    case: BudgetCase,
    act: Act,
) -> None:
    """Fix the chain of a case that is handed in, and call those whose turn it is; the answer is due by its day."""
    barred = barred_from_deciding(case) | {act.actor.id}
    base, band = Money(case.ask, case.currency), offers.band_of(case.offer)
    plan = approval_services.plan_for(session, base=base, band=band, case=True, barred=barred)
    case.plan, case.answer_by = approval_chain.as_json(plan), approval_chain.end_of(case.needed_by, act.zone)
    approval_services.notify_approvers(
        session, kind="case", number=case.id, submitted_at=act.now, now=act.now, answer_by=case.answer_by
    )


def current_round(case: BudgetCase) -> list[CaseDecision]:
    """The approvals of the present round: a request for changes begins a new one, a question is no approval."""
    decisions = case.decisions
    start = max((index for index, decision in enumerate(decisions, 1) if decision.decision in ROUND_ENDING), default=0)
    return [decision for decision in decisions[start:] if decision.decision == CaseVerdict.APPROVED]


def votes_of(case: BudgetCase) -> list[approval_chain.Vote]:
    """The approvals of the present round as the arithmetic of chains takes them."""
    default_group = approval_chain.DEFAULT.steps[0][0].name
    return [
        approval_chain.Vote(
            approval.by_id, approval.for_id or approval.by_id, approval.step or 1, approval.group_name or default_group
        )
        for approval in current_round(case)
    ]


def can_decide(case: BudgetCase, user_id: int, *, stands_for: Collection[int]) -> bool:
    """Whether the word of somebody would count now on a case that waits; for who asked it never does."""
    try:
        approval_chain.slot_for(
            approval_chain.plan_of(case.plan),
            votes_of(case),
            actor=user_id,
            stands_for=stands_for,
            barred=barred_from_deciding(case),
        )
    except DomainError:
        return False
    return True


def decide(
    session: Session,
    *,
    case: BudgetCase,
    verdict: CaseVerdict,
    amount: Money | None,
    comment: str,
    act: Act,
    today: dt.date | None = None,
) -> BudgetCase:
    """Say a word on the frozen case when it is one's turn. The smallest amount that the chain approved bounds the offer.

    The last approval that the chain needs approves the case; a refusal or a request for changes ends the round; a question
    holds the approval until it is answered, except for whoever asked it. Nobody decides on his own request, and silence
    decides nothing. Raises Conflict where what was frozen was altered, or where the terms have become more than it says.
    """
    comment_text = text.clean(comment)
    band = offers.band_of(case.offer)
    approved = verdict == CaseVerdict.APPROVED
    rules.check_decision(case, amount=amount, approved=approved, comment=comment_text, band_max=band.max if band else 0)
    quotations.check_comment(comment_text, at="comment")
    check_intact(case)
    if approved:
        rules.check_answered(question_services.open_questions(case), actor_id=act.actor.id)
        _check_terms_unchanged(case)
    if act.actor.id == case.requested_by_id:
        raise Forbidden("Nobody decides on what they asked for.")
    plan, votes = approval_chain.plan_of(case.plan), votes_of(case)
    stands_for = chain_queries.represented_by(session, act.actor.id, on=today or act.now.date())
    seat = approval_chain.slot_for(
        plan, votes, actor=act.actor.id, stands_for=stands_for, barred=barred_from_deciding(case)
    )
    allowed = (amount or Money(case.ask, case.currency)) if approved else None
    decision = CaseDecision(
        case=case,
        decision=verdict,
        amount=allowed.amount if allowed else None,
        comment=comment_text,
        step=seat.step,
        group_name=seat.group,
        by=act.actor,
        for_id=seat.on_behalf_of,
        at=act.now,
    )
    session.add(decision)
    if verdict == CaseVerdict.QUESTION:
        jobs.enqueue(
            session, approval_services.QUESTION, payload={"of": "case", "id": case.id, "by": act.actor.id}, now=act.now
        )
    elif approved:
        votes_after = [
            *votes,
            approval_chain.Vote(act.actor.id, seat.on_behalf_of or act.actor.id, seat.step, seat.group),
        ]
        _advance(session, case, plan=plan, votes=votes_after, step=seat.step, now=act.now)
    else:
        case.status = CaseStatus(verdict.value)
    session.flush()
    audit.record(
        session,
        action=VERDICT_ACTIONS[verdict],
        subject=case,
        act=act,
        **({"step": seat.step} if plan != approval_chain.DEFAULT else {}),
        **({"for_id": seat.on_behalf_of} if seat.on_behalf_of else {}),
    )
    return case


def _check_terms_unchanged(case: BudgetCase) -> None:
    """What is approved is what was frozen: terms or a level that have become more since are not."""
    frozen, offer = frozen_content(case), case.offer
    approved_version = band_exceptions.version_of(offer, int(frozen.get("offer_terms_version") or 0))
    reason = ""
    if approved_version is not None:
        terms = band_exceptions.terms_of(approved_version)
        reason = offer_rules.changes_beyond_approval(
            terms, terms, offers.terms_of(offer), up_to=Money(case.ask, case.currency)
        )
    level = offer.application.requisition.level
    if not reason and frozen.get("level", level) != level:
        reason = f"The level changed from {frozen['level'] or 'none'}."
    if reason:
        sentence = reason.removesuffix(offer_rules.VOIDED_SENTENCE).rstrip()
        raise Conflict(f"{sentence} It is not what this case asks for: ask for changes, so that it is sent anew.")


def _advance(
    session: Session,
    case: BudgetCase,
    *,
    plan: approval_chain.ChainPlan,
    votes: list[approval_chain.Vote],
    step: int,
    now: dt.datetime,
) -> None:
    next_step, _ = approval_chain.open_groups(plan, votes)
    if next_step == 0:
        case.status = CaseStatus.APPROVED
        least = min(approval.amount or case.ask for approval in current_round(case))
        up_to = Money(least, case.currency)
        version = frozen_content(case).get("offer_terms_version")
        offers.grant_exception(
            session, offer=case.offer, case_number=case.number, up_to=up_to, now=now, terms_version=version
        )
    elif next_step != step:
        asked_at = case.submitted_at or now
        approval_services.notify_approvers(
            session, kind="case", number=case.id, submitted_at=asked_at, now=now, answer_by=None
        )
