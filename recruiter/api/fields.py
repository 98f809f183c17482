"""Values as they come in over JSON: money, instants, dates, text."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import marshmallow as ma
from marshmallow import validate

from recruiter.api.openapi import Body
from recruiter.foundation import calendar, money, text
from recruiter.foundation.json_types import JsonObject

YEARS = f"From {calendar.FIRST_YEAR} to {calendar.LAST_YEAR}."


class Text(ma.fields.String):
    """Text, cleaned; at most `longest` characters, and not empty where required."""

    def __init__(self, *, longest: int = 500, **more: Any) -> None:
        self.may_be_empty = not more.get("required", False)
        given = more.pop("validate", [])
        bound = validate.Length(max=longest, error=f"Use at most {longest} characters.")
        super().__init__(validate=[bound, *(given if isinstance(given, list) else [given])], **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        cleaned = text.clean(super()._deserialize(value, attr, data, **more))
        if not cleaned and not self.may_be_empty:
            raise ma.ValidationError("Enter some text.")
        return cleaned


def many(inner: ma.fields.Field[Any], *, most: int, **more: Any) -> ma.fields.List[Any]:
    """A list of at most `most`."""
    return ma.fields.List(inner, validate=validate.Length(max=most, error=f"Give at most {most}."), **more)


def by_name(values: ma.fields.Field[Any], *, most: int = 200, **more: Any) -> ma.fields.Dict:
    """Values by name, at most `most` of them."""
    bound = validate.Length(max=most, error=f"Give at most {most}.")
    return ma.fields.Dict(keys=Text(longest=120), values=values, validate=bound, **more)


def choice(kind: type[StrEnum], **more: Any) -> ma.fields.Enum[StrEnum]:
    """One of the values of an enumeration."""
    return ma.fields.Enum(kind, by_value=ma.fields.String, **more)


def number(**more: Any) -> ma.fields.Integer:
    """A whole number; 3.0 and "3" are not one."""
    return ma.fields.Integer(strict=True, **more)


class InQuery(ma.fields.Integer):
    """A number in a query, where everything is text: plain digits, spelt in the one way that an address has for it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:  # noqa: ARG002
        number_named = text.number(str(value))
        if number_named is None:
            raise ma.ValidationError("Give a whole number in plain digits.")
        return number_named


def reference(*, most: int = 10**9 - 1, **more: Any) -> InQuery:
    """The number of a thing in a query, or a count of at most `most`."""
    return InQuery(validate=validate.Range(1, most), **more)


class Strictly(ma.fields.Integer):
    """A whole number given as a JSON number, never as text or true."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:  # noqa: ARG002
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**53:
            raise ma.ValidationError("Give a whole number.")
        return value


class MoneySchema(Body):
    """Money in minor units of an ISO 4217 currency."""

    amount = Strictly(required=True, validate=validate.Range(0, money.LARGEST))
    currency = Text(required=True, longest=3)

    @ma.validates("currency")
    def known(self, value: str, **_: Any) -> None:
        """Only currencies that exist."""
        if not money.is_currency(value):
            raise ma.ValidationError("Give a currency code of ISO 4217, like EUR.")

    @ma.post_load
    def made(self, data: JsonObject, **_: Any) -> money.Money:
        """As a value."""
        return money.Money(data["amount"], data["currency"])


class Moment(ma.fields.AwareDateTime):
    """An RFC 3339 instant with its zone."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", default_timezone=None, metadata={"description": YEARS}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> dt.datetime:
        instant: dt.datetime = super()._deserialize(value, attr, data, **more)
        if not calendar.is_in_calendar(instant):
            raise ma.ValidationError(calendar.OUTSIDE)
        return instant.astimezone(dt.UTC)


class Day(ma.fields.Date):
    """A day, like 2026-11-24."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"description": YEARS}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> dt.date:
        day: dt.date = super()._deserialize(value, attr, data, **more)
        if not calendar.is_in_calendar(day):
            raise ma.ValidationError(calendar.OUTSIDE)
        return day
