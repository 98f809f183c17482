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
    wanted = (
        select(Interview).where(Interview.application_id == application.id).order_by(Interview.starts_at, Interview.id)
    )
    return list(
        session.scalars(
            wanted.options(selectinload(Interview.panel).joinedload(Panelist.user), joinedload(Interview.stage))
        )
    )


def of_person(session: Session, user_id: int) -> list[Interview]:
    """The interviews on whose panel somebody is, latest first, the cancelled ones left out."""
    wanted = (
        select(Interview)
        .join(Panelist)
        .where(Panelist.user_id == user_id, Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.starts_at.desc(), Interview.id)
        .limit(200)
    )
    loaded = joinedload(Interview.application)
    return list(
        session.scalars(
            wanted.options(loaded.joinedload(Application.candidate), loaded.joinedload(Application.requisition))
        )
    )


def next_of(
    session: Session, application_ids: Sequence[int], *, now: dt.datetime
) -> dict[int, tuple[str, dt.datetime]]:
    """For a board: name and start of the next planned interview of each application, in one statement."""
    wanted = (
        select(Interview.application_id, Interview.name, Interview.starts_at)
        .where(
            Interview.application_id.in_(application_ids),
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at >= now,
        )
        .order_by(Interview.starts_at.desc(), Interview.id.desc())
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(wanted)}


def history_of(session: Session, interview: Interview) -> list[InterviewChange]:
    """What was done to an interview, the first thing first."""
    wanted = select(InterviewChange).where(InterviewChange.interview_id == interview.id).order_by(InterviewChange.id)
    return list(session.scalars(wanted.options(joinedload(InterviewChange.by))))


def itinerary(session: Session, application: Application, *, now: dt.datetime) -> list[Interview]:
    """The interviews that a candidate is still to have, in their order."""
    found = of_application(session, application)
    return [one for one in found if one.status == InterviewStatus.PLANNED and one.ends_at > now]
