"""Date fields of forms: a day or a moment, of a year that a calendar on the wall could have."""

from __future__ import annotations

from wtforms import DateField, DateTimeLocalField, Field, Form
from wtforms.validators import InputRequired, Optional, ValidationError

EARLIEST, LATEST = 2000, 2099
# The first is how browsers want it.
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]


def century(form: Form, field: Field) -> None:  # noqa: ARG001  # WTForms hands both
    """A year that a calendar on the wall could have."""
    if field.data is not None and not EARLIEST <= field.data.year <= LATEST:
        raise ValidationError("Enter a date of this century, like 2026-11-24.")


def day(label: str, *, required: str = "") -> DateField:
    """A day; `required` is the sentence that is shown where none was entered."""
    return DateField(label, validators=[InputRequired(required) if required else Optional(), century])


def moment(label: str) -> DateTimeLocalField:
    """A day and a time, or nothing."""
    return DateTimeLocalField(label, format=MINUTES, validators=[Optional(), century])
