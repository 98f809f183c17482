"""Cards that are late and hold up a decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.interviews import decision_dates
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.interviews.rules import CARD_DUE, decision_date
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards import queries
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class LateCard:
    """Somebody's card on a candidate that should have been in."""

    author: str
    candidate: str
    application_id: int
    requisition_key: str
    requisition: str
    interview: str
    interview_id: int
    author_id: int
    ended_at: dt.datetime
    decides_on: dt.date


def late_cards(
    session: Session, *, within: Select[int], now: dt.datetime, limit: int, zone: dt.tzinfo = dt.UTC
) -> list[LateCard]:
    """Late cards on open searches within sight, the longest late first, each with the decision date that it holds up.

    Two statements whatever their number; dates are read in `zone`, the company's.
    """
    query = (
        select(
            User.name,
            Candidate.name,
            Application.id,
            Requisition.key,
            Requisition.title,
            Interview.name,
            Interview.id,
            User.id,
            Interview.ends_at,
            Requisition.id,
        )
        .select_from(Panelist)
        .join(Interview, Interview.id == Panelist.interview_id)
        .join(User, User.id == Panelist.user_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .outerjoin(Scorecard, queries.CARD_OF_PANELIST)
        .where(
            Scorecard.id.is_(None),
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at < now - CARD_DUE,
            Application.status == ApplicationStatus.ACTIVE,
            Requisition.status == RequisitionStatus.OPEN,
            Requisition.id.in_(within),
        )
        .order_by(Interview.ends_at, Panelist.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    decision_by_requisition = decision_dates.decision_dates_of(session, {requisition_id for *_, requisition_id in rows})
    cards = []
    for (
        author,
        candidate,
        application_id,
        key,
        title,
        interview,
        interview_id,
        author_id,
        ended_at,
        requisition_id,
    ) in rows:
        decides_on = decision_date(decide_on=decision_by_requisition.get(requisition_id), ends_at=ended_at, zone=zone)
        cards.append(
            LateCard(
                author, candidate, application_id, key, title, interview, interview_id, author_id, ended_at, decides_on
            )
        )
    return cards
