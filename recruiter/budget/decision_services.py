"""Decisions on frozen cases: by the chain that the size of the excess needs, word by word; approvers' questions and the answers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget import decided_amounts, quotations, rules
from recruiter.budget.frozen.assembly import frozen_content
from recruiter.budget.frozen.integrity import check_intact
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, CaseVerdict
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, Forbidden
from recruiter.foundation.money import Money
from recruiter.foundation.seen import Mark, Seen
from recruiter.offers import rules as offer_rules
from recruiter.offers import term_versions
from recruiter.offers.approval import approval_rounds, approval_services, chain_queries
from recruiter.offers.band import band_exceptions

VERDICT_ACTIONS = {
    CaseVerdict.APPROVED: AuditAction.CASE_APPROVED,
    CaseVerdict.REFUSED: AuditAction.CASE_REFUSED,
    CaseVerdict.CHANGES_REQUESTED: AuditAction.CASE_CHANGES_REQUESTED,
    CaseVerdict.QUESTION: AuditAction.CASE_ASKED_ABOUT,
}


def start_approval(session: Session, *, case: BudgetCase, act: Act) -> None:
    """Fix the chain of a case that is handed in, and call those whose turn it is; the answer is due by its day."""
    barred = case.requester_ids | {act.actor_id}
    plan = approval_services.plan_for(
        session, base=case.requested, requisition=case.requisition, case=True, barred=barred, act=act
    )
    approval_services.begin(session, case, plan=plan, last_day=case.needed_by, act=act)


def decide(
    session: Session,
    *,
    case: BudgetCase,
    verdict: CaseVerdict,
    amount: Money | None,
    comment: str,
    act: Act,
    seen: Mark = Seen.PRESENT,
) -> BudgetCase:
    """Say a word on the frozen case when it is one's turn. The smallest amount that the chain approved bounds the offer.

    The last approval that the chain needs approves the case; a refusal or a request for changes ends the round; a question
    holds the approval until it is answered, except for whoever asked it. Nobody decides on their own request, and silence
    decides nothing. `seen` names the content that was read (rules.check_content_seen). Raises Conflict where what was frozen was
    altered, or where the terms have become more than it says.
    """
    comment_text = text.clean(comment)
    band = case.offer.band
    approved = verdict == CaseVerdict.APPROVED
    rules.check_awaits(case)
    if act.actor.id == case.requested_by_id:
        raise Forbidden("Nobody decides on what they asked for.")
    represented = chain_queries.represented_by(session, act.actor_id, on=act.today)
    slot = approval_rounds.slot_of(case, act.actor_id, represented=represented)
    rules.check_content_seen(case, seen)
    rules.check_decision(case, amount=amount, approved=approved, comment=comment_text, band_max=band.max if band else 0)
    quotations.check_comment(comment_text, at="comment")
    check_intact(case)
    if approved:
        rules.check_answered(approval_rounds.open_questions(case), actor_id=act.actor.id)
        _check_terms_unchanged(case)
    decision = CaseDecision(
        case=case,
        decision=verdict,
        amount=amount.amount if approved and amount else None,
        comment=comment_text,
        step=slot.step,
        group_name=slot.group,
        by=act.actor,
        for_id=slot.on_behalf_of,
        at=act.now,
    )
    session.add(decision)
    if verdict == CaseVerdict.QUESTION:
        approval_services.pass_question(session, case, act=act)
    elif not approved:
        case.status = CaseStatus(verdict.value)
    elif approval_services.is_complete(session, case, slot, act=act):
        _approve(session, case, act=act)
    audit.record(
        session, action=VERDICT_ACTIONS[verdict], subject=case, act=act, **approval_rounds.slot_details(case, slot)
    )
    return case


def _check_terms_unchanged(case: BudgetCase) -> None:
    """What is approved is what was frozen: terms or a level that have become more since are not."""
    frozen, offer = frozen_content(case), case.offer
    approved_version = term_versions.version_of(offer, number=int(frozen.get("offer_terms_version") or 0))
    reason = ""
    if approved_version is not None:
        terms = offer_rules.terms_of(approved_version)
        reason = offer_rules.changes_beyond_approval(terms, terms, offer_rules.terms_of(offer), up_to=case.requested)
    level = offer.application.requisition.level
    if not reason and frozen.get("level", level) != level:
        reason = f"The level changed from {frozen['level'] or 'none'}."
    if reason:
        sentence = reason.removesuffix(offer_rules.VOIDED_SENTENCE).rstrip()
        raise Conflict(f"{sentence} It is not what this case asks for: ask for changes, so that it is sent anew.")


def _approve(session: Session, case: BudgetCase, *, act: Act) -> None:
    """Let the offer be paid up to the smallest amount that the chain approved."""
    case.status = CaseStatus.APPROVED
    up_to = decided_amounts.smallest_approved(case, case.decisions)
    band_exceptions.grant(
        session,
        offer=case.offer,
        case_number=case.number,
        up_to=up_to,
        terms_version=frozen_content(case).get("offer_terms_version"),
        act=act,
    )


def answer_question(session: Session, *, case: BudgetCase, answer: str, act: Act) -> CaseDecision:
    """Answer the oldest open question of an approver. It stays in the record word for word, and whoever asked is told.

    Raises Conflict where nothing is asked, RuleBroken at `answer` without words or with words that have no place in a case.
    """
    answer_text, unanswered = text.clean(answer), approval_rounds.open_questions(case)
    rules.check_answer(case, answer=answer_text, has_question=bool(unanswered))
    quotations.check_comment(answer_text, at="answer")
    question = unanswered[0]
    reply = CaseDecision(
        case=case,
        decision=CaseVerdict.ANSWER,
        comment=answer_text,
        step=question.step,
        group_name=question.group_name,
        by=act.actor,
        at=act.now,
    )
    session.add(reply)
    approval_services.pass_answer(session, case, to_id=question.by_id, act=act)
    audit.record(session, action=AuditAction.CASE_ANSWERED, subject=case, act=act, to_id=question.by_id)
    return reply
