"""An approver's question and its answer: both stand in the record of decisions, and the approval waits between them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget import rules
from recruiter.budget.content_check import quotations
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, CaseVerdict
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act
from recruiter.offers.approval import approval_services

ROUND_ENDING = (CaseVerdict.REFUSED, CaseVerdict.CHANGES_REQUESTED)


def open_questions(case: BudgetCase) -> list[CaseDecision]:
    """The questions of the present round that nobody has answered, the oldest first; one's own approval takes one's question back."""
    unanswered: list[CaseDecision] = []
    for decision in case.decisions if case.status == CaseStatus.SUBMITTED else ():
        if decision.decision == CaseVerdict.QUESTION:
            unanswered.append(decision)
        elif decision.decision == CaseVerdict.ANSWER:
            unanswered = unanswered[1:]
        elif decision.decision in ROUND_ENDING:
            unanswered = []
        else:
            unanswered = [question for question in unanswered if question.by_id != decision.by_id]
    return unanswered


def answer_question(session: Session, *, case: BudgetCase, answer: str, act: Act) -> CaseDecision:
    """Answer the oldest open question of an approver. It stays in the record word for word, and whoever asked is told.

    Raises Conflict where nothing is asked, RuleBroken at `answer` without words or with words that have no place in a case.
    """
    answer_text, unanswered = text.clean(answer), open_questions(case)
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
    jobs.enqueue(
        session,
        approval_services.ANSWER,
        payload={"id": case.id, "to": question.by_id, "by": act.actor.id},
        now=act.now,
    )
    session.flush()
    audit.record(session, action=AuditAction.CASE_ANSWERED, subject=case, act=act, to_id=question.by_id)
    return reply
