"""Work that failed for good, for whoever looks after the installation: what, when, why, and how to find it in the log."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.foundation import jobs, wording
from recruiter.foundation.act import Moment
from recruiter.foundation.jobs import Job

DAYS = 30
MOST = 50
LABELS = {
    "mail": "A mail",
    "message": "A message to a candidate",
    "model.fit": "A fit of the model",
    "model.audit": "A bias audit",
    "database.compact": "Taking what was erased out of the files of the database",
    "database.statistics": "Counting the rows of the database anew",
    "files.sweep": "Deleting removed files",
    "retention.run": "Applying keeping times",
    "interview.notice": "Telling an interviewer of an interview",
    "scorecard.reminder": "A reminder of a missing scorecard",
    "approval.call": "Asking for an approval",
    "approval.question": "Passing an approver's question on",
    "approval.answer": "Passing an answer to an approver on",
    "offer.expiry": "A reminder of an offer that expires",
    "offer.lapse": "Letting an offer lapse",
    "keepwarm.lost": "Telling that a first choice is lost",
    "keepwarm.elsewhere": "Telling of a date elsewhere",
    "keepwarm.morning": "The mails of a morning",
}


@dataclass(frozen=True)
class FailedJob:
    """One piece of work that failed, in words, and when; its `error_id` stands in the log beside the traceback."""

    label: str
    at: str
    job: Job


def failed_jobs(session: Session, moment: Moment) -> list[FailedJob]:
    """What failed in the last 30 days, newest first."""
    failed = jobs.failed_since(session, moment.now - dt.timedelta(days=DAYS), limit=MOST)
    at_time = functools.partial(wording.at_time, zone=moment.zone, today=moment.today)
    return [FailedJob(LABELS.get(job.kind, job.kind), at_time(job.ended_at), job) for job in failed if job.ended_at]
