"""Interviews of several applications at once, for the timeline of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.interviews.models import Interview, Panelist


def talks_among(session: Session, application_ids: Sequence[int], *, until: dt.datetime) -> list[Interview]:
    """The interviews of some applications that have begun, the cancelled ones too, oldest first."""
    wanted = select(Interview).where(Interview.application_id.in_(application_ids), Interview.starts_at <= until)
    loaded = wanted.options(selectinload(Interview.panel).joinedload(Panelist.user), joinedload(Interview.stage))
    return list(session.scalars(loaded.order_by(Interview.starts_at, Interview.id)))
