"""What the database tells whenever it is asked: jobs by kind and state, how late the oldest is, the size of SQLite's log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from recruiter.foundation.clock import Clock
from recruiter.foundation.database import write_ahead_log
from recruiter.foundation.jobs import Job, JobStatus

ANSWERS = ("recruiter_database_answers", "Whether the database answers: 1 or 0.")
JOBS = ("recruiter_jobs", "Jobs in the database, by kind and state.")
OLDEST = ("recruiter_oldest_due_job_seconds", "For how many seconds the oldest due job has been waiting; 0 for none.")
LOG = ("recruiter_sqlite_log_bytes", "Size of SQLite's write-ahead log.")


class DatabaseMetrics(Collector):
    """Asked at each look at the metrics, in any one process: all processes share the database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now; without a database only that it does not answer."""
        try:
            with self.engine.connect() as connection:
                families = [_jobs(connection), _oldest(connection, self.clock.now())]
        except SQLAlchemyError:
            families = []
        yield GaugeMetricFamily(*ANSWERS, value=float(bool(families)))
        yield from families
        log = write_ahead_log.of(self.engine)
        if log is not None:
            yield GaugeMetricFamily(*LOG, value=log.size)


def _jobs(connection: Connection) -> GaugeMetricFamily:
    family = GaugeMetricFamily(*JOBS, labels=["kind", "state"])
    counts = select(Job.kind, Job.status, func.count()).group_by(Job.kind, Job.status)
    for kind, status, count in connection.execute(counts):
        family.add_metric([kind, status], count)
    return family


def _oldest(connection: Connection, now: dt.datetime) -> GaugeMetricFamily:
    due_at = connection.scalar(select(func.min(Job.due_at)).where(Job.status == JobStatus.QUEUED))
    return GaugeMetricFamily(*OLDEST, value=max(0.0, (now - due_at).total_seconds()) if due_at else 0.0)
