"""Lists that come in pages, by keyset: the next page starts after the last row, so nothing is skipped or shown twice."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from itsdangerous import BadSignature, Signer

from recruiter.foundation.errors import DomainError

T = TypeVar("T")
DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200
LARGEST_KEY = 2**63


class BadCursor(DomainError):  # noqa: N818
    """An address of a next page that was not made here."""

    status = 400

    def __init__(self) -> None:
        super().__init__("This is not the address of a next page. Start from the list again.")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of a list; `next` is the cursor of the page after it, None at the end."""

    items: list[T]
    next: str | None


def encode(*keys: object) -> str:
    """A cursor from the sort keys of the last row."""
    return base64.urlsafe_b64encode(json.dumps(keys, default=str).encode()).decode().rstrip("=")


def decode(cursor: str | None, *kinds: type) -> list[Any] | None:
    """The sort keys in a cursor, None for the first page. Raises BadCursor unless they are of these kinds, as `encode` made them."""
    if not cursor:
        return None
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        json.dumps(keys, ensure_ascii=False).encode()  # half a pair of surrogates is no text that a database takes
    except (ValueError, binascii.Error):
        raise BadCursor from None
    if not isinstance(keys, list) or [type(key) for key in keys] != list(kinds):
        raise BadCursor
    if any(
        (isinstance(key, int) and not 0 <= key < LARGEST_KEY) or (isinstance(key, str) and "\0" in key) for key in keys
    ):
        raise BadCursor
    return keys


def sign(cursor: str, *, key: str, address: str) -> str:
    """A cursor as it leaves the house: it goes on from the list at `address`, and from no other."""
    return Signer(key, salt=f"cursor {address}").sign(cursor).decode()


def signed(value: str | None, *, key: str, address: str) -> str | None:
    """The cursor that `sign` has signed for this list, None for the first page. Raises BadCursor for any other."""
    if not value:
        return None
    try:
        return Signer(key, salt=f"cursor {address}").unsign(value).decode()
    except (BadSignature, UnicodeError):
        raise BadCursor from None


def page_of(rows: list[T], *, limit: int, key: Callable[[T], tuple[object, ...]]) -> Page[T]:
    """The page that a query with one row more than `limit` has read; `key` gives the sort keys of its last row."""
    return Page(rows[:limit], encode(*key(rows[limit - 1])) if len(rows) > limit else None)


def slice_of(rows: list[T], *, limit: int, after: int) -> Page[T]:
    """A page of a list that is computed as a whole, such as the keep-warm list; `after` counts the rows before it."""
    part = rows[after : after + limit]
    return Page(part, encode(after + limit) if after + limit < len(rows) else None)
