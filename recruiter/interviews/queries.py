"""Reading interviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.interviews.models import Interview, InterviewChange, InterviewStatus, Panelist
from recruiter.pipeline.models import Application


def of_application(session: Session, application: Application) -> list[Interview]:
    """Every interview of an application, by date, the cancelled ones too."""
    query = (
        select(Interview).where(Interview.application_id == application.id).order_by(Interview.starts_at, Interview.id)
    )
    return list(
        session.scalars(
            query.options(selectinload(Interview.panel).joinedload(Panelist.user), joinedload(Interview.stage))
        )
    )


def of_person(session: Session, user_id: int) -> list[Interview]:
    """The interviews on whose panel somebody is, latest first, the cancelled ones left out."""
    query = (
        select(Interview)
        .join(Panelist)
        .where(Panelist.user_id == user_id, Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.starts_at.desc(), Interview.id)
        .limit(200)
    )
    application = joinedload(Interview.application)
    return list(
        session.scalars(
            query.options(
                application.joinedload(Application.candidate), application.joinedload(Application.requisition)
            )
        )
    )


def next_interviews(
    session: Session, application_ids: Sequence[int], *, now: dt.datetime
) -> dict[int, tuple[str, dt.datetime]]:
    """For a board: name and start of the next planned interview of each application, in one statement."""
    query = (
        select(Interview.application_id, Interview.name, Interview.starts_at)
        .where(
            Interview.application_id.in_(application_ids),
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at >= now,
        )
        .order_by(Interview.starts_at.desc(), Interview.id.desc())
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def history_of(session: Session, interview: Interview) -> list[InterviewChange]:
    """What was done to an interview, the first thing first."""
    query = select(InterviewChange).where(InterviewChange.interview_id == interview.id).order_by(InterviewChange.id)
    return list(session.scalars(query.options(joinedload(InterviewChange.by))))


def itinerary(session: Session, application: Application, *, now: dt.datetime) -> list[Interview]:
    """The interviews that a candidate is still to have, in their order."""
    interviews = of_application(session, application)
    return [
        interview for interview in interviews if interview.status == InterviewStatus.PLANNED and interview.ends_at > now
    ]
