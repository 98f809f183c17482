"""Date fields of forms: a day or a moment, of a year that is written down here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, DateTimeLocalField
from wtforms.validators import InputRequired, Optional

from recruiter.foundation.calendar import OUTSIDE, is_in_calendar

# The first is how browsers want it.
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


class DayField(DateField):
    """A day; one of another century is none."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the day that was typed."""
        super().process_formdata(list(valuelist))
        if self.data is not None and not is_in_calendar(self.data):
            self.data = None
            raise ValueError(OUTSIDE)


class MomentField(DateTimeLocalField):
    """A day and a time; one of another century is none."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the moment that was typed."""
        super().process_formdata(list(valuelist))
        if self.data is not None and not is_in_calendar(self.data):
            self.data = None
            raise ValueError(OUTSIDE)


def day(label: str, *, required: str = "", **attributes: str) -> DayField:
    """A day; `required` is the sentence that is shown where none was entered, `attributes` are those of the input."""
    return DayField(label, validators=[InputRequired(required) if required else Optional()], render_kw=attributes)


def moment(label: str) -> MomentField:
    """A day and a time, or nothing."""
    return MomentField(label, format=MINUTES, validators=[Optional()])
