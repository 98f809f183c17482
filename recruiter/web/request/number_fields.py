"""Whole numbers of forms: plain digits, spelt in one way; what differs is told and never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField

from recruiter.foundation import text


def whole_number(value: object) -> int | None:
    """A choice's number, as the form holds it or as it was sent; None for any other spelling."""
    return value if isinstance(value, int) else text.number(str(value).strip())


class WholeNumberField(IntegerField):
    """A whole number, below zero too where the form's checks let it be; a space around it is no matter."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed, or say what is wanted."""
        if not valuelist:
            return
        typed = str(valuelist[0]).strip()
        number = text.number(typed.removeprefix("-"))
        if number is None:
            self.data = None
            raise ValueError("Enter a whole number in plain digits, like 12.")
        self.data = -number if typed.startswith("-") else number
