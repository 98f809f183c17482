"""Does due jobs, each exactly once among any number of workers; a failed one is tried again, then left with its problem."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError, ProgrammingError

from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.jobs.handlers import HANDLERS
from recruiter.keepwarm.notifications import daily_digest
from recruiter.request_context import moment

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)
PAUSE_SECONDS = 2.0


def step(app: Flask) -> bool:
    """Do one due job; False when nothing was due."""
    clock = app.extensions["recruiter_clock"]
    with app.app_context():
        db.session.connection(execution_options={"write": True})
        job = jobs.claim(db.session(), now=clock.now())
        db.session.commit()
        if job is None:
            return False
        job_id = job.id
        try:
            db.session.connection(execution_options={"write": True})
            job.result = HANDLERS[job.kind](app, db.session(), job, clock.now())
            job.status, job.progress, job.ended_at, job.problem = JobStatus.DONE, 100, clock.now(), None
            db.session.commit()
        except Exception as error:  # noqa: BLE001  # a job's failure is written down, the worker goes on
            db.session.rollback()
            log.error("job %s of kind %s failed: %s", job_id, job.kind, type(error).__name__)  # noqa: TRY400  # texts may be personal
            failed = db.session.get(Job, job_id)
            if failed is not None:
                refused = isinstance(error, DomainError)  # it would be refused again, and its sentence is ours
                again = not refused and failed.tries < jobs.TRIES
                failed.status = JobStatus.QUEUED if again else JobStatus.FAILED
                failed.problem, failed.started_at = (
                    error.message if isinstance(error, DomainError) else type(error).__name__,
                    None,
                )
                failed.ended_at = None if again else clock.now()
                db.session.commit()
    return True


def plan(app: Flask) -> None:
    """Ask for what happens by itself: the reminders of the next morning, unless they wait already, whatever became of the last."""
    with app.app_context():
        if daily_digest.is_scheduled(db.session()):
            return
        db.session.rollback()
        db.session.connection(execution_options={"write": True})
        daily_digest.schedule(db.session(), moment=moment(app.extensions["recruiter_clock"].now()))
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
