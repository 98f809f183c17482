"""Small values in JSON."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from recruiter.accounts.models import User
from recruiter.api.serializers import people
from recruiter.foundation.json_types import JsonObject


def instant(moment: dt.datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second or finer."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment else None


def day(date: dt.date | None) -> str | None:
    """YYYY-MM-DD."""
    return date.isoformat() if date else None


def money(amount: int | None, currency: str | None) -> JsonObject | None:
    """Money in minor units."""
    return {"amount": amount, "currency": currency} if amount is not None else None


def fields(record: object, names: str) -> JsonObject:
    """Some attributes of a record by their names; `stage=stage.name` is one of another, null where there is none.

    Instants and days are given as text, states by their value, people of the company as others see them.
    """
    paths = {name: path or name for name, _, path in (field.partition("=") for field in names.split())}
    return {name: _attribute(record, path) for name, path in paths.items()}


def _attribute(record: object, path: str) -> object:
    value = record
    for name in path.split("."):
        value = None if value is None else getattr(value, name)
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, User):
        return people.person(value)
    return value.value if isinstance(value, Enum) else value
