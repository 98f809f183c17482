"""Where the lines of the ledger lie: in files of the instance folder, or in a bucket that several servers share."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from recruiter.foundation.files.s3_bucket import S3Bucket


class LineStore(Protocol):
    """Files to which lines are added and none is changed. Each method raises OSError where the store takes or gives nothing."""

    def append(self, name: str, lines: Sequence[str]) -> None:
        """Add lines to a file, together and durably, whoever else adds some in the same moment."""

    def content(self, name: str) -> bytes:
        """All lines of a file, the first first; nothing where there is none."""


class FolderLines:
    """Files of one folder, for one server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(self, name: str, lines: Sequence[str]) -> None:
        """Add lines in one write, which other processes do not come between, and wait until the disk has them."""
        if not lines:
            return
        path = self.folder / name
        is_new = not path.exists()
        left = _bytes(lines)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def content(self, name: str) -> bytes:
        """All lines of a file."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return b""


class BucketLines:
    """Files of a bucket, whose objects no two servers can add to: each addition is an object of its own, named by its moment."""

    def __init__(self, bucket: S3Bucket) -> None:
        self.bucket = bucket

    def append(self, name: str, lines: Sequence[str]) -> None:
        """Add lines as one object; one that was cut off is not there."""
        if lines:
            self.bucket.put(f"{name}/{time.time_ns():020}-{secrets.token_hex(8)}", _bytes(lines))

    def content(self, name: str) -> bytes:
        """All lines, in the order of their moments."""
        parts = (self.bucket.get(f"{name}/{part}") for part, _ in self.bucket.names(name))
        return b"".join(part for part in parts if part)


def _bytes(lines: Sequence[str]) -> bytes:
    """Lines that each begin with a line feed, so that one that is cut off spoils no other."""
    return "".join(f"\n{line}" for line in lines).encode()
