"""The keeping times that were set are applied every night, without a click."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.audit import queries as audit
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import AuditEntry, Installation
from recruiter.foundation import jobs
from recruiter.foundation.act import Moment
from recruiter.foundation.jobs import Job
from recruiter.privacy.places import Places
from recruiter.privacy.retention import retention_queries, retention_services

KIND = "retention.run"
AT = dt.time(3, 0)
MOST_PEOPLE = 50  # erased in one transaction, so that others can write between two


def next_night(moment: Moment) -> dt.datetime:
    """When keeping times are applied next: at three, where the company is."""
    days = 0 if dt.datetime.combine(moment.today, AT, moment.zone) > moment.now else 1
    day = moment.today + dt.timedelta(days=days)
    return dt.datetime.combine(day, AT, moment.zone).astimezone(dt.UTC)


def schedule(session: Session, *, moment: Moment) -> Job | None:
    """Ask for the next night where nobody has yet; None where one waits already."""
    if jobs.is_queued(session, KIND):
        return None
    return jobs.enqueue(session, KIND, payload={}, now=moment.now, due_at=next_night(moment))


def apply(session: Session, *, places: Places, moment: Moment) -> dict[str, dict[str, int]]:
    """Apply the keeping times that were set, to so many people that others can go on writing; the rest follows at once.

    Where none was set nothing is looked at. Answers how many ended and how many were on hold, by purpose.
    """
    if not retention_queries.schedule(session).periods:
        schedule(session, moment=moment)
        return retention_services.summary([])
    done = retention_services.run(session, places=places, act=moment, only_set=True, most_people=MOST_PEOPLE)
    erased = sum(item.table == "candidate" and not item.on_hold for item in done)
    if erased == MOST_PEOPLE:
        jobs.enqueue(session, KIND, payload={}, now=moment.now)
    schedule(session, moment=moment)
    return retention_services.summary(done)


def last_run(session: Session) -> AuditEntry | None:
    """The last time that keeping times were applied, by the worker or by a command; None where they never were."""
    return audit.latest_of(session, Installation(), action=AuditAction.RETENTION_RUN)
