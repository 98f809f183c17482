"""What was deleted leaves the files of the database too, not only its tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from recruiter.foundation.database import checkpointer

STILL_READ = (
    "Somebody is still reading the database as it was before. What was erased stays in its log (the file that ends in -wal) "
    "until they finish. A running server or worker empties it then."
)


def compact(engine: Engine) -> bool:
    """Give back what tables no longer use, so that nothing deleted can be read from the database's files. Others wait meanwhile.

    On SQLite the file is written anew without unused pages, and its log is emptied; on PostgreSQL dead rows are freed. False where
    somebody reads an older state, so that the log holds what was deleted until they are done.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return True
    raw = engine.raw_connection()
    try:
        driver: Any = raw.driver_connection
        driver.execute("VACUUM")
    finally:
        raw.close()
    return checkpointer.empty_log(engine)
