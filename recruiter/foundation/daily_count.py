"""The database counts its rows anew once a day and after an import: work without a click, which asks for itself again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.foundation import jobs
from recruiter.foundation.act import Moment

KIND = "database.statistics"
EVERY = dt.timedelta(days=1)
SHORTLY = dt.timedelta(minutes=1)  # what people wait for goes first


def schedule(session: Session, *, moment: Moment) -> None:
    """Ask to count anew a day from now, unless that is asked for."""
    if not jobs.is_queued(session, KIND):
        jobs.enqueue(session, KIND, payload={}, now=moment.now, due_at=moment.now + EVERY)


def schedule_shortly(session: Session, *, moment: Moment) -> None:
    """Ask to count anew a minute from now, after something that has added many rows."""
    jobs.enqueue(session, KIND, payload={}, now=moment.now, due_at=moment.now + SHORTLY)
