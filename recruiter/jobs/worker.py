"""Does due jobs, each exactly once among any number of workers; a failed one is tried again, then left with its problem."""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
from collections.abc import Iterator

from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from recruiter.foundation import daily_count, jobs, log_lines
from recruiter.foundation.database.db import begin_writing, db
from recruiter.foundation.error_trace import trace_without_text
from recruiter.foundation.errors import DomainError
from recruiter.foundation.jobs import Job
from recruiter.jobs.handlers import HANDLERS
from recruiter.keepwarm.notifications import daily_digest
from recruiter.privacy.retention import daily_run
from recruiter.request_context import clock, moment

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0


def step(app: Flask) -> bool:
    """Do one due job; False when nothing was due."""
    with app.app_context():
        session = db.session()
        begin_writing(session)
        job = jobs.claim(session, now=clock().now())
        session.commit()
        if job is None:
            return False
        with log_lines.work(f"job-{job.id}"):
            _do(app, session, job)
    return True


def _do(app: Flask, session: Session, job: Job) -> None:
    """Do a claimed job and write down what came of it."""
    job_id, kind, tries = job.id, job.kind, job.tries
    try:
        with _renewing(app, job_id, tries):
            begin_writing(session)
            result = HANDLERS[kind](session, job, moment(clock().now()))
        session.flush()
        if jobs.finish(session, job_id, tries=tries, result=result, now=clock().now()):
            session.commit()
        else:
            session.rollback()
            log.warning("job %s of kind %s was taken over by another worker", job_id, kind)
    except Exception as error:  # noqa: BLE001  # a job's failure is written down, the worker goes on
        session.rollback()
        error_id = secrets.token_hex(4)
        log.error("job %s of kind %s failed, error %s\n%s", job_id, kind, error_id, trace_without_text(error))  # noqa: TRY400  # texts may be personal
        refused = isinstance(error, DomainError)  # it would be refused again, and its sentence is ours
        problem = str(error) if refused else type(error).__name__
        begin_writing(session)
        jobs.fail(
            session, job_id, tries=tries, problem=problem, error_id=error_id, again=not refused, now=clock().now()
        )
        session.commit()


@contextlib.contextmanager
def _renewing(app: Flask, job_id: int, tries: int) -> Iterator[None]:
    """Renew the claim on a job beside its work, so that nobody takes over a job that only takes long."""
    done = threading.Event()
    beat = threading.Thread(target=renew_until, args=(app, job_id, tries, done), daemon=True, name=f"job-{job_id}")
    beat.start()
    try:
        yield
    finally:
        done.set()
        beat.join()


def renew_until(
    app: Flask, job_id: int, tries: int, done: threading.Event, *, every: float = jobs.RENEW_EVERY.total_seconds()
) -> None:
    """Renew a claim again and again until the work is done or another worker has the job; `every` is in seconds."""
    claimed = True
    while claimed and not done.wait(every):
        with app.app_context(), contextlib.suppress(OperationalError):  # a busy database: the next time, then
            begin_writing(db.session())
            claimed = jobs.renew(db.session(), job_id, tries=tries, now=clock().now())
            db.session.commit()


def plan(app: Flask) -> None:
    """Ask for what happens by itself, whatever became of the last: the morning's reminders, the night's keeping times, counting rows."""
    with app.app_context():
        kinds = (daily_run.KIND, daily_count.KIND)
        if daily_digest.is_scheduled(db.session()) and all(jobs.is_queued(db.session(), kind) for kind in kinds):
            return
        db.session.rollback()
        begin_writing(db.session())
        for ask in (daily_digest.schedule, daily_run.schedule, daily_count.schedule):
            ask(db.session(), moment=moment(clock().now()))
        db.session.commit()


def run(app: Flask, stop: threading.Event) -> None:
    """Do due jobs until told to stop; a database that is not there yet is waited for."""
    while not stop.is_set():
        try:
            plan(app)
            busy = step(app)
        except (OperationalError, ProgrammingError):
            busy = False
        if not busy:
            stop.wait(PAUSE_SECONDS)
