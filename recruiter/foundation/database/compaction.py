"""What was deleted leaves the files of the database too, not only its tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine


def compact(engine: Engine) -> None:
    """Give back what tables no longer use, so that nothing deleted can be read from the database's files. Others wait meanwhile.

    On SQLite the file is written anew without unused pages; on PostgreSQL dead rows are freed.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
