"""Where the bytes of files lie: under the instance folder, outside of anything that is served, by keys that tell nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

KEY = re.compile(r"[0-9a-f]{32}")


class FileStore:
    """Files in a folder, readable by this installation alone, under keys of its own: no name that somebody gave comes near a path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("this is no key of the file store")
        return self.folder / key[:2] / key

    def put(self, content: bytes) -> str:
        """Store bytes durably under a new key, and answer it."""
        key = secrets.token_hex(16)
        self.write(key, content)
        return key

    def write(self, key: str, content: bytes) -> None:
        """Write bytes under a key, to a temporary name first, so that a key never names half a file."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        half.rename(path)

    def get(self, key: str) -> bytes | None:
        """The bytes of a key, None where there are none."""
        if self.has(key):
            with contextlib.suppress(FileNotFoundError):  # removed meanwhile
                return self._path(key).read_bytes()
        return None

    def has(self, key: str) -> bool:
        """Whether there are bytes under a key."""
        return KEY.fullmatch(key) is not None and self._path(key).is_file()

    def remove(self, key: str) -> None:
        """Forget a key; one that is not there is no error."""
        self._path(key).unlink(missing_ok=True)

    def keys(self, *, older_than: dt.datetime) -> Iterator[str]:
        """The keys that were stored before a moment; what an upload that broke off left behind goes on the way."""
        for path in sorted(self.folder.glob("??/*")):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime >= older_than.timestamp():
                    continue
                if path.suffix == ".part":
                    path.unlink()
                elif KEY.fullmatch(path.name):
                    yield path.name
