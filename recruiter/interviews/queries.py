"""Reading interviews, and what was done to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.interviews.models import Interview, InterviewChange, InterviewStatus, Panelist
from recruiter.pipeline.models import Application

WITH_PANEL = (selectinload(Interview.panel).joinedload(Panelist.user), joinedload(Interview.stage))


def of_applications(session: Session, application_ids: Sequence[int]) -> list[Interview]:
    """Every interview of some applications, by date, the cancelled ones too."""
    query = select(Interview).where(Interview.application_id.in_(application_ids))
    return list(session.scalars(query.order_by(Interview.starts_at, Interview.id).options(*WITH_PANEL)))


def of_application(session: Session, application: Application) -> list[Interview]:
    """Every interview of an application, by date, the cancelled ones too."""
    return of_applications(session, [application.id])


def coming(session: Session, application_ids: Sequence[int], *, now: dt.datetime) -> list[Interview]:
    """The planned interviews of some applications that have not begun, by date."""
    query = select(Interview).where(Interview.application_id.in_(application_ids), Interview.starts_at > now)
    planned = query.where(Interview.status == InterviewStatus.PLANNED)
    return list(session.scalars(planned.order_by(Interview.starts_at, Interview.id).options(*WITH_PANEL)))


def cancelled_ahead(session: Session, application: Application, *, now: dt.datetime) -> list[Interview]:
    """The interviews that a candidate was still to have and that do not take place, by date."""
    interviews = of_application(session, application)
    return [each for each in interviews if each.status == InterviewStatus.CANCELLED and each.starts_at > now]


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
    candidate = application.joinedload(Application.candidate)
    return list(session.scalars(query.options(candidate, application.joinedload(Application.requisition))))


def history_of(session: Session, interview: Interview) -> list[InterviewChange]:
    """What was done to an interview, the first thing first."""
    query = select(InterviewChange).where(InterviewChange.interview_id == interview.id).order_by(InterviewChange.id)
    return list(session.scalars(query.options(joinedload(InterviewChange.by))))


def changes_of(session: Session, application_ids: Sequence[int]) -> list[tuple[Interview, InterviewChange]]:
    """What was done to the interviews of some applications, each with its interview and whoever did it, oldest first."""
    query = (
        select(Interview, InterviewChange)
        .join(InterviewChange, InterviewChange.interview_id == Interview.id)
        .where(Interview.application_id.in_(application_ids))
        .options(joinedload(InterviewChange.by))
        .order_by(InterviewChange.at, InterviewChange.id)
    )
    return [(interview, change) for interview, change in session.execute(query)]


def itinerary(session: Session, application: Application, *, now: dt.datetime) -> list[Interview]:
    """The interviews that a candidate is still to have, in their order."""
    interviews = of_application(session, application)
    return [interview for interview in interviews if interview.is_planned and interview.ends_at > now]
