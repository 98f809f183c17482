"""Work that happens without a click. The job row is the truth; it is written in the transaction of what asked for it.

A worker claims a job and renews its claim while it works; a job whose claim was not renewed is taken over by the next worker, once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, Index, delete, func, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruiter.foundation.database.columns import IntPk, LongText
from recruiter.foundation.database.db import Model
from recruiter.foundation.json_types import JsonObject

ONE_AT_A_TIME = text("kind = 'model.fit' AND status IN ('queued', 'running')")
STALE_AFTER = dt.timedelta(minutes=30)
RENEW_EVERY = STALE_AFTER / 10
TRIES = 3
ABANDONED = "The worker stopped in the middle of it."


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    HELD = "held"  # waits for a person to let it go


class Job(Model):
    """One piece of work: its kind, what it is about (ids, never people's text), how far it is and what came of it.

    `renewed_at` is when the worker that has it last said so; `error_id` finds the last failure in the log.
    """

    id: Mapped[IntPk]
    kind: Mapped[str]
    payload: Mapped[JsonObject] = mapped_column(JSON)
    status: Mapped[JobStatus] = mapped_column(default=JobStatus.QUEUED)
    progress: Mapped[int] = mapped_column(default=0)
    result: Mapped[JsonObject | None] = mapped_column(JSON)
    problem: Mapped[LongText | None]
    tries: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None]
    created_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    renewed_at: Mapped[dt.datetime | None]
    error_id: Mapped[str | None]
    __table_args__ = (
        Index("ix_job_status_due_at", "status", "due_at"),
        Index(
            "uq_job_one_of_its_kind", "kind", unique=True, sqlite_where=ONE_AT_A_TIME, postgresql_where=ONE_AT_A_TIME
        ),
    )


RUNNING = Job.status == JobStatus.RUNNING


def enqueue(
    session: Session,
    kind: str,
    *,
    payload: JsonObject,
    now: dt.datetime,
    asked_by_id: int | None = None,
    due_at: dt.datetime | None = None,
) -> Job:
    """Ask for work in the transaction of the change that needs it; it runs when that transaction is committed."""
    job = Job(kind=kind, payload=payload, created_at=now, due_at=due_at or now, asked_by_id=asked_by_id)
    session.add(job)
    session.flush()
    return job


def under_way(session: Session, kind: str) -> Job | None:
    """The job of a kind that waits or runs, None where there is none."""
    wanted = select(Job).where(Job.kind == kind, Job.status.in_([JobStatus.QUEUED, JobStatus.RUNNING]))
    return session.scalars(wanted.order_by(Job.id).limit(1)).first()


def is_queued(session: Session, kind: str) -> bool:
    """Whether a job of a kind is asked for and has not begun."""
    queued = select(Job.id).where(Job.kind == kind, Job.status == JobStatus.QUEUED)
    return session.scalar(queued.limit(1)) is not None


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
    """Take the next due job, exactly once among any number of workers; a worker that died loses its job to the next.

    A job that has cost its worker the last of its tries is not taken again: it has failed.
    """
    stale = (Job.status == JobStatus.RUNNING) & (func.coalesce(Job.renewed_at, Job.started_at) < now - STALE_AFTER)
    free = or_(Job.status == JobStatus.QUEUED, stale)
    candidates = select(Job.id, Job.tries, Job.status).where(free, Job.due_at <= now)
    for job_id, tries, status in session.execute(candidates.order_by(Job.due_at, Job.id).limit(5)).all():
        if status == JobStatus.RUNNING and tries >= TRIES:
            _change(session, job_id, free, tries, status=JobStatus.FAILED, problem=ABANDONED, ended_at=now)
            continue
        taken = {"status": JobStatus.RUNNING, "started_at": now, "renewed_at": now, "tries": tries + 1}
        if _change(session, job_id, free, tries, **taken):
            return session.get(Job, job_id, populate_existing=True)
    return None


def renew(session: Session, job_id: int, *, tries: int, now: dt.datetime) -> bool:
    """Say that a worker still has the job that it claimed at its n-th try; False where another has taken it over."""
    return _change(session, job_id, RUNNING, tries, renewed_at=now)


def finish(session: Session, job_id: int, *, tries: int, result: JsonObject, now: dt.datetime) -> bool:
    """Write down what came of a job; False where another worker has taken it over, whose result counts."""
    done = {"status": JobStatus.DONE, "progress": 100, "result": result, "problem": None, "error_id": None}
    return _change(session, job_id, RUNNING, tries, **done, ended_at=now)


def fail(
    session: Session, job_id: int, *, tries: int, problem: str, error_id: str, again: bool, now: dt.datetime
) -> None:
    """Write a failure down: the job waits for its next try, or has failed for good. `error_id` finds it in the log."""
    status = JobStatus.QUEUED if again and tries < TRIES else JobStatus.FAILED
    ended_at = now if status == JobStatus.FAILED else None
    failed = {"status": status, "problem": problem, "error_id": error_id, "started_at": None, "ended_at": ended_at}
    _change(session, job_id, RUNNING, tries, **failed)


def hold(session: Session, kinds: Collection[str], *, now: dt.datetime) -> int:
    """Hold what waits or runs of some kinds and was due: it may have been done already. How many."""
    open_ones = Job.status.in_([JobStatus.QUEUED, JobStatus.RUNNING])
    waiting = update(Job).where(Job.kind.in_(kinds), open_ones, Job.due_at <= now)
    return int(session.execute(waiting.values(status=JobStatus.HELD)).rowcount)  # type: ignore[attr-defined]


def let_go(session: Session, *, drop: bool = False) -> int:
    """Let what is held wait for a worker again, or drop it. How many."""
    stopped = Job.status == JobStatus.HELD
    change = delete(Job).where(stopped) if drop else update(Job).where(stopped).values(status=JobStatus.QUEUED, tries=0)
    return int(session.execute(change).rowcount)  # type: ignore[attr-defined]


def failed_since(session: Session, since: dt.datetime, *, limit: int) -> list[Job]:
    """Jobs that failed for good since an instant, newest first."""
    failed = select(Job).where(Job.status == JobStatus.FAILED, Job.ended_at >= since)
    return list(session.scalars(failed.order_by(Job.ended_at.desc(), Job.id.desc()).limit(limit)))


def _change(session: Session, job_id: int, state: ColumnElement[bool], at_try: int, /, **values: object) -> bool:
    """Change a job where it still is in a state and at a try; False where somebody else was faster."""
    changed = session.execute(
        update(Job).where(Job.id == job_id, state, Job.tries == at_try).values(values),
        execution_options={"synchronize_session": False},
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # an update answers with a CursorResult
