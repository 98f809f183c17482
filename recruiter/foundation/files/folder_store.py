"""Files in a folder, readable by this installation alone: for one server, or several that share the folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

from recruiter.foundation.files.file_store import KEY, FileStore, checked


class FolderStore(FileStore):
    """A file store in a folder, made with the first file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / checked(key)[:2] / key

    def write(self, key: str, content: bytes) -> None:
        """Write bytes under a key, to a temporary name first."""
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
        with contextlib.suppress(FileNotFoundError):
            return self._path(key).read_bytes()
        return None

    def has(self, key: str) -> bool:
        """Whether there are bytes under a key."""
        return self._path(key).is_file()

    def remove(self, key: str) -> None:
        """Forget a key; one that is not there is no error."""
        self._path(key).unlink(missing_ok=True)

    def all_keys(self) -> Iterator[str]:
        """All keys, in their order."""
        return (path.name for path in sorted(self.folder.glob("??/*")) if KEY.fullmatch(path.name))

    def sweep(self, *, older_than: dt.datetime) -> Iterator[str]:
        """The keys that were stored before a moment; what an upload that broke off left behind goes on the way."""
        for path in sorted(self.folder.glob("??/*")):
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime >= older_than.timestamp():
                    continue
                if path.suffix == ".part":
                    path.unlink()
                elif KEY.fullmatch(path.name):
                    yield path.name
