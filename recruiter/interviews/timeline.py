"""Interviews of several applications at once, and what was done to them, for timelines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.interviews.models import Interview, InterviewChange, Panelist


def past_interviews_of(session: Session, application_ids: Sequence[int], *, until: dt.datetime) -> list[Interview]:
    """The interviews of some applications that have begun, the cancelled ones too, oldest first."""
    query = select(Interview).where(Interview.application_id.in_(application_ids), Interview.starts_at <= until)
    loaded = query.options(selectinload(Interview.panel).joinedload(Panelist.user), joinedload(Interview.stage))
    return list(session.scalars(loaded.order_by(Interview.starts_at, Interview.id)))


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
