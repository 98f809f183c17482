"""Work that happens without a click. The job row is the truth; it is written in the transaction of what asked for it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruiter.foundation.columns import IntPk, LongText
from recruiter.foundation.db import Model

STALE_AFTER = dt.timedelta(minutes=30)
TRIES = 3


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of work: its kind, what it is about (ids, never people's text), how far it is and what came of it."""

    id: Mapped[IntPk]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[JobStatus] = mapped_column(default=JobStatus.QUEUED)
    progress: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    problem: Mapped[LongText | None]
    tries: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None]
    created_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    __table_args__ = (Index("ix_job_status_due_at", "status", "due_at"),)


def enqueue(
    session: Session,
    kind: str,
    *,
    payload: dict[str, Any],
    now: dt.datetime,
    asked_by_id: int | None = None,
    due_at: dt.datetime | None = None,
) -> Job:
    """Ask for work in the transaction of the change that needs it; it runs when that transaction is committed."""
    job = Job(
        kind=kind,
        payload=payload,
        created_at=now,
        due_at=due_at or now,
        asked_by_id=asked_by_id,
        status=JobStatus.QUEUED,
        progress=0,
        tries=0,
    )
    session.add(job)
    session.flush()
    return job


def claim(session: Session, *, now: dt.datetime) -> Job | None:
    """Take the next due job, exactly once among any number of workers; a worker that died loses its job to the next."""
    stale = now - STALE_AFTER
    free = or_(Job.status == JobStatus.QUEUED, (Job.status == JobStatus.RUNNING) & (Job.started_at < stale))
    for job_id, started_at in session.execute(
        select(Job.id, Job.started_at).where(free, Job.due_at <= now).order_by(Job.due_at, Job.id).limit(5)
    ):
        same = Job.started_at.is_(None) if started_at is None else Job.started_at == started_at
        taken = session.execute(
            update(Job)
            .where(Job.id == job_id, free, same)
            .values(status=JobStatus.RUNNING, started_at=now, tries=Job.tries + 1),
            execution_options={"synchronize_session": False},
        )
        if taken.rowcount == 1:  # type: ignore[attr-defined]  # an update answers with a CursorResult
            return session.get(Job, job_id, populate_existing=True)
    return None
