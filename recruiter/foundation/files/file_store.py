"""Where the bytes of files lie: under the instance folder, outside of anything that is served, by keys that tell nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = re.compile(r"[0-9a-f]{32}")


class FileStore(Protocol):
    """Keeps bytes under a key that it makes itself; no name that somebody gave comes near a path."""

    def put(self, content: bytes) -> str:
        """Store bytes durably and answer their key."""
        ...

    def get(self, key: str) -> bytes | None:
        """The bytes of a key, None where there are none."""
        ...

    def remove(self, key: str) -> None:
        """Forget a key; one that is not there is no error."""
        ...

    def keys(self, *, older_than: dt.datetime) -> Iterator[str]:
        """The keys that were stored before a moment."""
        ...


class LocalFileStore:
    """Files in a folder, readable by this installation alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("this is no key of the file store")
        return self.folder / key[:2] / key

    def put(self, content: bytes) -> str:
        """Write under a new key, to a temporary name first, so that a key never names half a file."""
        key = secrets.token_hex(16)
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        half.rename(path)
        return key

    def get(self, key: str) -> bytes | None:
        """Read a whole file."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, key: str) -> None:
        """Delete a file."""
        with contextlib.suppress(FileNotFoundError):
            self._path(key).unlink()

    def keys(self, *, older_than: dt.datetime) -> Iterator[str]:
        """Every file, and what an upload that broke off left behind, by its key."""
        for path in sorted(self.folder.glob("??/*")):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime >= older_than.timestamp():
                    continue
                if path.suffix == ".part":
                    path.unlink()
                elif KEY.fullmatch(path.name):
                    yield path.name
