"""How each engine is opened so that both keep the same promises: foreign keys, honest transactions, durable commits."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

FIXED_WAL = (3, 51, 3)
WAIT = 15_000  # milliseconds that a transaction waits for its turn
PRAGMAS = ("foreign_keys=ON", f"busy_timeout={WAIT}", "synchronous=FULL", "secure_delete=ON")
# PostgreSQL's classes connection, rollback and operator, then no lock and too many connections; a full disk is a fault
PASSING = {"08", "40", "57", "55P03", "53300"}


def journal_mode() -> str:
    """WAL where this SQLite is free of the WAL-reset defect (fixed in 3.51.3), else the rollback journal."""
    return "WAL" if sqlite3.sqlite_version_info >= FIXED_WAL else "DELETE"


def passes(error: OperationalError) -> bool:
    """Whether this is a lock, a deadlock or a lost connection, which pass by themselves, and not a fault of a statement."""
    code, state = getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None)
    if code is not None:
        return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return state is None or state in PASSING or state[:2] in PASSING


def prepare(engine: Engine) -> None:
    """Attach what each connection needs. On SQLite a transaction that will write says so at its start (option `write`)."""
    if engine.dialect.name == "postgresql":

        @event.listens_for(engine, "connect")
        def on_pg_connect(connection: Any, _: object) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET random_page_cost = 1.1")  # boards of a hundred rows out of many want the index
            connection.commit()

        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event decides, not the driver
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, f"journal_mode={journal_mode()}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        write, at_once = options.get("write", False), options.get("at_once", False)
        if at_once != connection.info.get("at_once", False):
            connection.info["at_once"] = at_once
            connection.exec_driver_sql(f"PRAGMA busy_timeout={0 if at_once else WAIT}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
