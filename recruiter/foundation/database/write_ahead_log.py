"""SQLite's write-ahead log: what is committed goes there first, so that nobody who reads keeps anybody from writing.

From time to time what stands in the log is copied into the database file (a checkpoint). SQLite before 3.51.3 has a defect: a
commit that begins the log anew while a checkpoint runs can make the checkpoint pass over a later commit, which is then lost. So
each copy here is made while a second connection holds the turn to write, and by one process at a time (`checkpointer`).
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

PATIENCE = 15.0  # seconds to wait for the turn to write
BY_ITSELF = 1_000  # pages after which SQLite copies the log by itself, where it does that safely
LARGEST = 64 * 1024 * 1024  # bytes that stay reserved for the log once it begins anew
HEADER = 32  # bytes before the first page of the log; they change when it begins anew
PAGE_HEADER, PAGE_SIZE = 24, slice(8, 12)  # bytes before each page; where the header tells the size of a page


def is_free_of_the_defect(version: tuple[int, ...]) -> bool:
    """Whether a version of SQLite has the repair of the WAL-reset defect (sqlite.org/wal.html). 3.52.0 was withdrawn."""
    repaired_in = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
    return version >= (3, 53, 0) or version[2] >= repaired_in.get((version[0], version[1]), version[2] + 1)


def pages_before_sqlite_copies() -> int:
    """After how many pages a commit may copy the log by itself; 0 means never."""
    return BY_ITSELF if is_free_of_the_defect(sqlite3.sqlite_version_info) else 0


def switch_on(connection: sqlite3.Connection) -> str:
    """Let a database keep a write-ahead log from now on; answers the journal that it keeps.

    An old one in which somebody works just now, or that only can be read, stays as it is until a later connection.
    """
    [journal] = connection.execute("PRAGMA journal_mode").fetchone()
    if journal == "delete":
        with contextlib.suppress(sqlite3.OperationalError):
            [journal] = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    return str(journal)


@dataclass(frozen=True)
class WriteAheadLog:
    """The log of one database file."""

    database: Path

    @property
    def path(self) -> Path:
        """Where the log lies: beside the database, which is not whole without it."""
        return self.database.with_name(self.database.name + "-wal")

    @property
    def size(self) -> int:
        """Bytes of the log; it does not shrink when it is copied."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def written_at(self) -> int | None:
        """When the log was last written, in nanoseconds of the file system; None where there is none."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns if status.st_size else None

    @contextlib.contextmanager
    def _connection(self, patience: float) -> Iterator[sqlite3.Connection]:
        """A connection of its own, which never copies by itself."""
        name = f"{self.database.absolute().as_uri()}?mode=rw"
        with contextlib.closing(sqlite3.connect(name, uri=True, isolation_level=None, timeout=patience)) as connection:
            for pragma in ("wal_autocheckpoint=0", "synchronous=FULL", "journal_size_limit=0"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            yield connection

    @property
    def is_empty(self) -> bool:
        """Whether nothing of before stands in the log: it has the one page with which it was begun anew, or none."""
        size = self.size
        return size <= HEADER or size <= HEADER + PAGE_HEADER + int.from_bytes(self._header()[PAGE_SIZE])

    def copy(self, *, patience: float = PATIENCE) -> bool:
        """Copy what is committed into the database file; whether all of it could be, since nobody still reads an older state.

        Others write again as soon as it is copied; who reads goes on meanwhile. Raises sqlite3.OperationalError where the turn
        to write does not come within `patience` seconds.
        """
        with self._connection(patience) as writer, self._connection(patience) as copier:
            writer.execute("BEGIN IMMEDIATE")  # nobody commits, so nobody begins the log anew
            try:
                busy, pages, copied = copier.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            finally:
                writer.execute("ROLLBACK")
        return not busy and pages == copied

    def empty(self, *, patience: float = PATIENCE) -> bool:
        """Leave nothing of before in the log: copy it, then begin it anew with one page. False where somebody still reads an older state.

        SQLite's own way, a checkpoint that truncates, keeps writers waiting beside a reader.
        """
        deadline = time.monotonic() + patience
        while self.written_at is not None:
            if self.copy(patience=patience) and self._begin_anew(patience):
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(min(0.1, patience))
        return True

    def _begin_anew(self, patience: float) -> bool:
        """Commit a page, and with it begin the log anew if nobody reads from it; whether it was begun anew."""
        with self._connection(patience) as writer:
            writer.execute("BEGIN IMMEDIATE")
            before = self._header()
            writer.execute("PRAGMA user_version=0")  # the value that it has: a commit that changes nothing
            writer.execute("COMMIT")
            return self._header() != before

    def _header(self) -> bytes:
        try:
            with self.path.open("rb") as log:
                return log.read(HEADER)
        except FileNotFoundError:
            return b""


def of(engine: Engine) -> WriteAheadLog | None:
    """The log of the database of an engine; None for PostgreSQL, which looks after its own, and for a database in memory."""
    if engine.dialect.name != "sqlite":
        return None
    name = engine.url.database
    return WriteAheadLog(Path(name)) if name and name != ":memory:" and not name.startswith("file:") else None
