"""How a database is wal, for whoever looks after it: what `recruiter doctor` tells, and what to do."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sqlalchemy import Connection

from recruiter.foundation.database import checkpointer, planner, write_ahead_log
from recruiter.foundation.database.engine import is_behind_a_pooler

TOO_LARGE = 256 * 1024 * 1024  # bytes of a log that nobody copies, or that somebody has been reading from for long
BY_ITSELF = "by SQLite itself"
BY_ONE = "by one process at a time, because this SQLite has the WAL-reset defect"
WORKER = "now the worker"
NO_WORKER = "no worker is running: the server, else commands that have written"
ROLLBACK_JOURNAL = (
    "The database keeps a rollback journal: whoever reads keeps everybody from writing. Stop the server and the worker, "
    "then run `recruiter doctor` again, as somebody who may write to the instance folder."
)
LARGE_LOG = (
    "The log of the database has {size:,} MB. Start `recruiter serve` or `recruiter worker`, which copies it. If one is "
    "running, a program has been reading for a long time: end it."
)
PAGE_COST = "{cost:g} for a page read out of order. Run `recruiter db upgrade`, or set {best} for the role: ALTER ROLE … SET random_page_cost = {best}"


@dataclass(frozen=True)
class Condition:
    """Lines about the database as they stand in the listing of `doctor`, and what is wrong with it."""

    lines: dict[str, str]
    problems: list[str]


def of(connection: Connection) -> Condition:
    """Look at the database behind a connection."""
    return _of_server(connection) if connection.dialect.name == "postgresql" else _of_file(connection)


def _of_server(connection: Connection) -> Condition:
    cost = planner.page_cost(connection) or planner.USUAL_COST
    pooled = is_behind_a_pooler(connection.connection.driver_connection)
    lines = {
        "engine": "postgresql",
        "planner": f"{cost:g} for a page read out of order"
        if cost < planner.USUAL_COST
        else PAGE_COST.format(cost=cost, best=planner.COST),
        "connections": "through a pooler, without prepared statements" if pooled else "straight to the server",
    }
    return Condition(lines, [])


def _of_file(connection: Connection) -> Condition:
    journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
    wal = write_ahead_log.of(connection.engine)
    safe = write_ahead_log.is_free_of_the_defect(sqlite3.sqlite_version_info)
    doer = WORKER if checkpointer.is_at_work(connection.engine) else NO_WORKER
    lines = {
        "engine": f"sqlite {sqlite3.sqlite_version}",
        "journal": {"wal": "write-ahead log", "delete": "rollback journal"}.get(journal, journal),
        "checkpoints": BY_ITSELF if safe else f"{BY_ONE}; {doer}",
        "log": f"{wal.size / 1e6:,.1f} MB" if wal else "none",
    }
    problems = [ROLLBACK_JOURNAL] if journal == "delete" else []
    if wal and wal.size > TOO_LARGE:
        problems.append(LARGE_LOG.format(size=wal.size // 1_000_000))
    return Condition(lines, problems)
