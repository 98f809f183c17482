"""Files in a bucket: for several servers, none of which has a disk that the others see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from recruiter.foundation.files.file_store import KEY, FileStore, checked
from recruiter.foundation.files.s3_bucket import S3Bucket

FOLDER = "files"


class S3Store(FileStore):
    """A file store in the folder `files` of a bucket. An upload that breaks off leaves nothing there."""

    def __init__(self, bucket: S3Bucket) -> None:
        self.bucket = bucket

    def write(self, key: str, content: bytes) -> None:
        """Store bytes under a key."""
        self.bucket.put(f"{FOLDER}/{checked(key)}", content)

    def get(self, key: str) -> bytes | None:
        """The bytes of a key, None where there are none."""
        return self.bucket.get(f"{FOLDER}/{checked(key)}")

    def has(self, key: str) -> bool:
        """Whether there are bytes under a key."""
        return self.bucket.has(f"{FOLDER}/{checked(key)}")

    def remove(self, key: str) -> None:
        """Forget a key and its versions; one that is not there is no error."""
        self.bucket.remove(f"{FOLDER}/{checked(key)}")

    def all_keys(self) -> Iterator[str]:
        """All keys, in their order."""
        return (name for name, _ in self.bucket.names(FOLDER) if KEY.fullmatch(name))

    def sweep(self, *, older_than: dt.datetime) -> Iterator[str]:
        """The keys that were stored before a moment."""
        return (name for name, at in self.bucket.names(FOLDER) if at < older_than and KEY.fullmatch(name))
