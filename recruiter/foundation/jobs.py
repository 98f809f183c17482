"""Work that happens without a click. The job row is the truth; it is written in the transaction of what asked for it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model

ONE_AT_A_TIME = text("kind = 'model.fit' AND status IN ('queued', 'running')")
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
    __table_args__ = (
        Index("ix_job_status_due_at", "status", "due_at"),
        Index(
            "uq_job_one_of_its_kind", "kind", unique=True, sqlite_where=ONE_AT_A_TIME, postgresql_where=ONE_AT_A_TIME
        ),
    )


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


def under_way(session: Session, kind: str) -> Job | None:
    """The job of a kind that waits or runs, None where there is none."""
    wanted = select(Job).where(Job.kind == kind, Job.status.in_([JobStatus.QUEUED, JobStatus.RUNNING]))
    return session.scalars(wanted.order_by(Job.id).limit(1)).first()


def latest(session: Session, kind: str, *, limit: int = 1) -> list[Job]:
    """The last jobs of a kind, newest first."""
    return list(session.scalars(select(Job).where(Job.kind == kind).order_by(Job.id.desc()).limit(limit)))


def ask_once(session: Session, kind: str, *, now: dt.datetime, asked_by_id: int | None = None) -> tuple[Job, bool]:
    """Ask for work of which one at most goes on: the job, and whether this call began it. A second click gets the first job."""
    unfinished = under_way(session, kind)
    if unfinished is not None:
        return unfinished, False
    try:
        with session.begin_nested():
            return enqueue(session, kind, payload={}, now=now, asked_by_id=asked_by_id), True
    except IntegrityError:  # somebody asked in the same moment
        unfinished = under_way(session, kind)
        if unfinished is None:
            raise
        return unfinished, False


def advance(job: Job, *, percent: int, phase: str) -> None:
    """Say how far a job is, for the page that shows it; the phase is a few words, never a person's text."""
    job.progress = percent
    job.payload = {**job.payload, "phase": phase}


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
