"""What this installation writes is read by its own user alone: files 0600, folders 0700."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

PRIVATE = 0o077  # taken from whatever is made
FOLDERS = ("outbox", "files")
DATABASES = ("*.db", "*.db-wal", "*.db-shm", "*.db-journal")


@contextlib.contextmanager
def written_privately() -> Iterator[None]:
    """Whatever is written meanwhile, by whichever library, belongs to this user alone."""
    before = os.umask(PRIVATE)
    try:
        yield
    finally:
        os.umask(before)


def _written_here(instance: Path) -> Iterator[Path]:
    for pattern in DATABASES:
        yield from instance.glob(pattern)
    for name in FOLDERS:
        folder = instance / name
        if folder.is_dir():
            yield from (folder, *folder.rglob("*"))


def open_to_others(instance: Path) -> list[Path]:
    """What others on this machine could read of the database, the outbox and the uploaded files."""
    paths = [path for path in _written_here(instance) if not path.is_symlink()]
    return [path for path in paths if stat.S_IMODE(path.stat().st_mode) & PRIVATE]


def close_to_others(instance: Path) -> None:
    """Take from others what an earlier version left open; what belongs to another user is left as it is."""
    for path in open_to_others(instance):
        with contextlib.suppress(PermissionError, FileNotFoundError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~PRIVATE)
