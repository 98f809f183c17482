"""An approver's question and its answer: both stand in the record of decisions, and the approval waits between them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.budget import rules
from recruiter.budget.content_check import quotations
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, CaseVerdict
from recruiter.foundation import jobs, text
from recruiter.offers.approval import approval_services

OPENS_ANEW = (CaseVerdict.REFUSED, CaseVerdict.CHANGES_REQUESTED)


def open_questions(case: BudgetCase) -> list[CaseDecision]:
    """The questions of the present round that nobody has answered, the oldest first; one's own approval takes one's question back."""
    waiting: list[CaseDecision] = []
    for one in case.decisions if case.status == CaseStatus.SUBMITTED else ():
        if one.decision == CaseVerdict.QUESTION:
            waiting.append(one)
        elif one.decision == CaseVerdict.ANSWER:
            waiting = waiting[1:]
        elif one.decision in OPENS_ANEW:
            waiting = []
        else:
            waiting = [asked for asked in waiting if asked.by_id != one.by_id]
    return waiting


def answer(session: Session, *, case: BudgetCase, words: str, actor: User, now: dt.datetime) -> CaseDecision:
    """Answer the oldest open question of an approver. It stays in the record word for word, and whoever asked is told.

    Raises Conflict where nothing is asked, RuleBroken at `answer` without words or with words that have no place in a case.
    """
    said, waiting = text.clean(words), open_questions(case)
    rules.check_answer(case, words=said, asked=bool(waiting))
    quotations.check_spoken(said, at="answer")
    asked = waiting[0]
    one = CaseDecision(
        case=case,
        decision=CaseVerdict.ANSWER,
        comment=said,
        step=asked.step,
        group_name=asked.group_name,
        by=actor,
        at=now,
    )
    session.add(one)
    jobs.enqueue(session, approval_services.ANSWER, payload={"id": case.id, "to": asked.by_id, "by": actor.id}, now=now)
    session.flush()
    audit.record(session, action="case.answered", subject=case, actor_id=actor.id, at=now, to_id=asked.by_id)
    return one
