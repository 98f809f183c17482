"""Amounts as people type them into a form."""

from __future__ import annotations

from wtforms import Field

from recruiter.foundation.amount_parser import parse
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.web.request.text_fields import typed_text


def typed_money(field: Field, currency: str) -> Money | None:
    """The amount that a field holds, None where it is empty. Raises RuleBroken at the field."""
    typed = typed_text(field)
    try:
        return parse(typed, currency=currency) if typed else None
    except ValueError as error:
        raise RuleBroken.at(field.short_name, str(error)) from None
