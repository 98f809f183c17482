"""Who copies the write-ahead log of SQLite into the database file: one process, which holds a lock file beside the database.

A worker that runs holds it all its life; without one, the servers take turns, and commands that wrote at their end. What makes a
copy safe is the turn to write, which it holds; the lock file keeps many processes from doing the same work.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from recruiter.foundation.database import write_ahead_log
from recruiter.foundation.database.write_ahead_log import WriteAheadLog

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds from one copy to the next
QUIET = 10.0  # seconds without a commit after which nothing of before is left in the log
AFTER_A_FAULT = 60.0  # seconds


def _lock_file(database: Path) -> FileLock:
    return FileLock(database.with_name(database.name + "-checkpointer"), mode=0o600, thread_local=False)


@contextlib.contextmanager
def _turn(lock: FileLock) -> Iterator[bool]:
    """Whether this process may copy now: nobody else does."""
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def is_at_work(engine: Engine) -> bool:
    """Whether a worker holds the lock: it copies all its life."""
    wal = write_ahead_log.of(engine)
    if wal is None:
        return False
    with _turn(_lock_file(wal.database)) as is_free:
        return not is_free


def copy_once(engine: Engine) -> None:
    """Copy the log at the end of a command that wrote, unless a worker is there to do it. What cannot be copied now stays in the log."""
    wal = write_ahead_log.of(engine)
    if wal is None or wal.written_at is None:
        return
    with contextlib.suppress(sqlite3.Error, OSError), _turn(_lock_file(wal.database)) as is_free:
        if is_free:
            wal.copy(patience=PAUSE)


def empty_log(engine: Engine, *, patience: float = write_ahead_log.PATIENCE) -> bool:
    """Leave nothing of before in the log, after an erasure above all; waits up to `patience` seconds for whoever still reads.

    False where somebody still does: the process that copies the log empties it once they are done and ten seconds are quiet.
    """
    wal = write_ahead_log.of(engine)
    try:
        return wal is None or wal.empty(patience=patience)
    except sqlite3.OperationalError:  # others write all the time
        return False


class Checkpointer:
    """Looks at the log once a second, copies what is new and empties the log when it is quiet."""

    def __init__(self, wal: WriteAheadLog) -> None:
        self.wal = wal
        self.copied: int | None = None  # when the log was written that is wholly copied
        self.quiet_since = 0.0

    def look(self, *, at: float) -> None:
        """Do what is due at an instant, in seconds of a clock that only rises. Raises sqlite3.OperationalError."""
        written = self.wal.written_at
        if written is None:
            return
        if written != self.copied:
            self.copied, self.quiet_since = (written if self.wal.copy() else None), at
        elif at - self.quiet_since >= QUIET and not self.wal.is_empty:
            self.wal.empty(patience=0)


def run(engine: Engine, stop: threading.Event, *, for_life: bool = False) -> None:
    """Copy the log until told to stop, then empty it. With `for_life` no other process does so meanwhile."""
    wal = write_ahead_log.of(engine)
    if wal is None:
        return
    checkpointer, lock, pause = Checkpointer(wal), _lock_file(wal.database), PAUSE
    with contextlib.ExitStack() as life:
        while not stop.wait(pause):
            with _turn(lock) as is_free:
                if is_free and for_life and lock.lock_counter == 1:
                    life.enter_context(_turn(lock))
                pause = _look(checkpointer) if is_free else PAUSE
    empty_log(engine, patience=0)


def _look(checkpointer: Checkpointer) -> float:
    """Do what is due; after how many seconds to look again."""
    try:
        checkpointer.look(at=time.monotonic())
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            log.warning("the log of the database could not be copied: %s", error)
            return AFTER_A_FAULT
    return PAUSE
