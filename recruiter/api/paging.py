"""How lists look: items and the address of the next page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import marshmallow as ma
from flask import request
from marshmallow import validate

from recruiter.foundation.database.paging import DEFAULT_LIMIT, LARGEST_LIMIT, Page
from recruiter.foundation.json_types import JsonObject


class ListQuery(ma.Schema):
    """What every list takes: `limit` and the `cursor` of the next page."""

    limit = ma.fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, LARGEST_LIMIT))
    cursor = ma.fields.String(load_default=None)


def whole(items: Iterable[JsonObject], **more: object) -> JsonObject:
    """The answer of a list that has one page."""
    return {**more, "items": list(items), "next": None}


def listed(page: Page[Any], items: list[JsonObject], **more: object) -> JsonObject:
    """The answer of a list: its items, and the address of the next page or null."""
    address = None
    if page.next:
        query = {**request.args.to_dict(), "cursor": page.next}
        address = f"{request.path}?{urlencode(query)}"
    return {**more, "items": items, "next": address}
