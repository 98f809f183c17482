"""Records that end by themselves: answers on self-identification, logged rankings, decided budget cases, unsent drafts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import KeptForm
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus
from recruiter.foundation.act import Moment
from recruiter.foundation.database.db import Base
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.privacy.models import RetentionPurpose
from recruiter.privacy.person import address_rules, person_queries
from recruiter.privacy.retention.retention_rules import Due, DueItem, Schedule
from recruiter.ranking.models import Prediction
from recruiter.scorecards.models import SavedSubmission

DECIDED = (CaseStatus.APPROVED, CaseStatus.REFUSED, CaseStatus.WITHDRAWN)


def items(
    session: Session, *, times: Schedule, moment: Moment, held_people: set[int], held_requisitions: set[int]
) -> list[DueItem]:
    """When each of them ends, whether that is over or not."""
    return [
        *_answers(session, times, held_people),
        *_rankings(session, times, moment, held_requisitions),
        *_cases(session, times, moment, held_people),
        *_drafts(session, times, moment, held_people),
    ]


def _answers(session: Session, times: Schedule, held_people: set[int]) -> Iterator[DueItem]:
    """Who gave answers and when is looked at, what they say is not."""
    table, purpose = Base.metadata.tables["protected_answer"], RetentionPurpose.SELF_IDENTIFICATION
    for number, person, day in session.execute(select(table.c.id, table.c.candidate_id, table.c.answered_on)):
        yield DueItem(Due(purpose, "", times.end(purpose, day)), table.name, number, person in held_people)


def _rankings(session: Session, times: Schedule, moment: Moment, held_ids: set[int]) -> Iterator[DueItem]:
    purpose = RetentionPurpose.RANKING_LOG
    for number, requisition_id, at in session.execute(
        select(Prediction.id, Prediction.requisition_id, Prediction.made_at)
    ):
        day = times.end(purpose, moment.day_of(at))
        yield DueItem(Due(purpose, "", day), "prediction", number, requisition_id in held_ids)


def _cases(session: Session, times: Schedule, moment: Moment, held_people: set[int]) -> Iterator[DueItem]:
    """Decided cases that still have their words."""
    purpose = RetentionPurpose.PAY_CASE
    decided_at = select(func.max(CaseDecision.at)).where(CaseDecision.case_id == BudgetCase.id).scalar_subquery()
    columns = BudgetCase.id, Application.candidate_id, BudgetCase.created_at, BudgetCase.submitted_at, decided_at
    cases = select(*columns).select_from(BudgetCase).join(Offer).join(Application)
    for number, person, *instants in session.execute(
        cases.where(BudgetCase.status.in_(DECIDED), BudgetCase.frozen.is_not(None))
    ):
        day = times.end(purpose, max(moment.day_of(at) for at in instants if at is not None))
        yield DueItem(Due(purpose, "", day), "budget_case", number, person in held_people)


def _drafts(session: Session, times: Schedule, moment: Moment, held_people: set[int]) -> Iterator[DueItem]:
    """What was typed when a session had ended, on cards and on other forms, and is over; what is about somebody on hold stays."""
    purpose = RetentionPurpose.DRAFT
    cards = session.execute(select(SavedSubmission.id, SavedSubmission.interview_id, SavedSubmission.at)).all()
    forms = session.execute(select(KeptForm.id, KeptForm.address, KeptForm.at)).all()
    rows = [
        (SavedSubmission.__tablename__, number, f"/interviews/{interview_id}", at) for number, interview_id, at in cards
    ]
    rows += [(KeptForm.__tablename__, number, address, at) for number, address, at in forms]
    ends = [(table, number, address, times.end(purpose, moment.day_of(at))) for table, number, address, at in rows]
    over = [end for end in ends if end[-1] <= moment.today]
    about_held = _rows_about(session, held_people) if over and held_people else {}
    for table, number, address, day in over:
        yield DueItem(Due(purpose, "", day), table, number, address_rules.is_about(address, about_held))


def _rows_about(session: Session, people: set[int]) -> dict[str, set[int]]:
    roots = {person_queries.ROOT: sorted(people)}
    return {table.name: set(ids) for _, table, ids in person_queries.held_rows(session, roots)}
