"""An approver's question and its answer: both stand in the record of decisions, and the approval waits between them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget import rules
from recruiter.budget.content_check import quotations
from recruiter.budget.models import BudgetCase, CaseDecision, CaseVerdict
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.offers.approval import approval_rounds, approval_services


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
