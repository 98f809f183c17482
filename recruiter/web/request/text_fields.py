"""Text fields of forms: a label, what is said when nothing was typed, and how much is taken."""

from __future__ import annotations

from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import Length, StopValidation

from recruiter.foundation.text import clean


class TextRequired:
    """Something must be typed that a reader sees: spaces, of whatever width, and signs that show nothing are not enough."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it from the class

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:  # noqa: ARG002  # WTForms hands the form
        """Stop at a field that is empty."""
        if not typed_text(field):
            field.errors = []
            raise StopValidation(self.message)


Checks = list[TextRequired | Length]


def _checks(required: str, longest: int | None) -> Checks:
    checks: Checks = [TextRequired(required)] if required else []
    if longest is not None:
        checks.append(Length(max=longest, message=f"Use at most {longest:,} characters."))
    return checks


def text(
    label: str, *, required: str = "", longest: int | None = None, default: str | None = None, **attributes: str
) -> StringField:
    """A field of one line; `required` is the sentence that is shown where it was left empty, `attributes` are those of the input."""
    return StringField(label, validators=_checks(required, longest), default=default, render_kw=attributes)


def long_text(
    label: str,
    *,
    required: str = "",
    longest: int | None = None,
    default: str | None = None,
    name: str | None = None,
    **attributes: str,
) -> TextAreaField:
    """A field of several lines, else like `text`; `name` where it goes by another one than the attribute of the form."""
    checks = _checks(required, longest)
    return TextAreaField(label, validators=checks, default=default, name=name, render_kw=attributes)


def typed_text(field: Field) -> str:
    """What was typed into a field, cleaned; empty where it shows nothing."""
    return clean(field.data or "")
