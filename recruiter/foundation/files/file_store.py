"""Where the bytes of files lie: outside of anything that is served, under keys that tell nothing."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterator
from typing import Protocol

KEY = re.compile(r"[0-9a-f]{32}")


def checked(key: str) -> str:
    """A key of a store: no name that somebody gave comes near a path. Raises ValueError."""
    if not KEY.fullmatch(key):
        raise ValueError("this is no key of the file store")
    return key


class FileStore(Protocol):
    """Files under keys of its own. Each method raises OSError where the store does not answer or takes no more."""

    def put(self, content: bytes) -> str:
        """Store bytes durably under a new key, and answer it."""
        key = secrets.token_hex(16)
        self.write(key, content)
        return key

    def write(self, key: str, content: bytes) -> None:
        """Store bytes durably under a key; a key never names half a file."""

    def get(self, key: str) -> bytes | None:
        """The bytes of a key, None where there are none."""

    def has(self, key: str) -> bool:
        """Whether there are bytes under a key."""

    def remove(self, key: str) -> None:
        """Forget a key and every copy that the store keeps of it; one that is not there is no error."""

    def all_keys(self) -> Iterator[str]:
        """All keys, in their order."""

    def sweep(self, *, older_than: dt.datetime) -> Iterator[str]:
        """The keys that were stored before a moment; what an upload that broke off left behind goes on the way."""
