"""How lists look: items and the address of the next page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import marshmallow as ma
from flask import request
from marshmallow import validate

from recruiter.api.fields import reference
from recruiter.foundation.database.paging import DEFAULT_LIMIT, LARGEST_LIMIT, Page
from recruiter.foundation.json_types import JsonObject
from recruiter.request_context import cursor_asked, next_cursor

LONGEST_CURSOR = 4000


class Cursor(ma.fields.String):
    """The `cursor` of an address in `next`: it fits no other list, and nobody else makes one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:  # noqa: ARG002
        return cursor_asked() or ""


class ListQuery(ma.Schema):
    """What every list takes: `limit` and the `cursor` of the next page."""

    limit = reference(load_default=DEFAULT_LIMIT, most=LARGEST_LIMIT)
    cursor = Cursor(load_default=None, validate=validate.Length(max=LONGEST_CURSOR))


def whole(items: Iterable[JsonObject], **more: object) -> JsonObject:
    """The answer of a list that has one page."""
    return {**more, "items": list(items), "next": None}


def listed(page: Page[Any], items: list[JsonObject], **more: object) -> JsonObject:
    """The answer of a list: its items, and the address of the next page or null."""
    address = None
    if page.next:
        query = {**request.args.to_dict(), "cursor": next_cursor(page)}
        address = f"{request.path}?{urlencode(query)}"
    return {**more, "items": items, "next": address}
