"""How each engine is opened so that both keep the same promises: foreign keys, honest transactions, durable commits."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from recruiter.foundation.database import write_ahead_log

WAIT = 15_000  # milliseconds that a transaction waits for its turn
PRAGMAS = (
    "foreign_keys=ON",
    f"busy_timeout={WAIT}",
    "synchronous=FULL",
    "secure_delete=ON",
    f"journal_size_limit={write_ahead_log.LARGEST}",
    "cache_size=-8000",  # kibibytes a connection; memory-mapped pages were measured: no quicker, and counted as memory
)
# PostgreSQL's classes connection, rollback and operator, then no lock and too many connections; a full disk is a fault
PASSING = {"08", "40", "57", "55P03", "53300"}


def passes(error: OperationalError) -> bool:
    """Whether this is a lock, a deadlock or a lost connection, which pass by themselves, and not a fault of a statement."""
    code, state = getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None)
    if code is not None:
        return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return state is None or state in PASSING or state[:2] in PASSING


def is_behind_a_pooler(connection: Any) -> bool:
    """Whether another process answers at a connection of psycopg than it named at its start: PgBouncer, which lends servers out."""
    answering = connection.execute("SELECT pg_backend_pid()").fetchone()[0]
    return bool(answering != connection.info.backend_pid)


def prepare(engine: Engine) -> None:
    """Attach what each connection needs. On SQLite a transaction that will write says so at its start (option `write`)."""
    if engine.dialect.name == "postgresql":

        @event.listens_for(engine, "connect")
        def on_pg_connect(connection: Any, _: object) -> None:
            if is_behind_a_pooler(connection):
                connection.prepare_threshold = None  # a prepared statement stays on the server connection that has it
            connection.commit()

        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event decides, not the driver
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, f"wal_autocheckpoint={write_ahead_log.pages_before_sqlite_copies()}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        write_ahead_log.switch_on(connection)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        write, at_once = options.get("write", False), options.get("at_once", False)
        if at_once != connection.info.get("at_once", False):
            connection.info["at_once"] = at_once
            connection.exec_driver_sql(f"PRAGMA busy_timeout={0 if at_once else WAIT}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
