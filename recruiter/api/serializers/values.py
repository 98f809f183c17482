"""Small values in JSON."""

from __future__ import annotations

import datetime as dt

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
