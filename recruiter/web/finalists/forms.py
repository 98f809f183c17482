"""The form that sets the order of finalists: a place and a reason for each who could stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

LONGEST = 2000
MOST_PLACES = 1000
NUMBER = "Write the place as a whole number, for example 2, or leave it empty."


class PlaceField(IntegerField):
    """A place in the order; empty where somebody is no finalist."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the place, with words of our own where it is no number."""
        try:
            super().process_formdata(list(valuelist))
        except ValueError:
            raise ValueError(NUMBER) from None
        if self.data is not None and self.data > MOST_PLACES:
            self.data = None
            raise ValueError(NUMBER)


class OrderForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """The whole order. `stood` is the order, `advice` the model behind the suggestion, as they were when it was read."""

    stood = HiddenField()
    advice = HiddenField()
    departure = TextAreaField(
        "Why the order departs from the suggestion",
        validators=[Length(max=LONGEST, message=f"Use at most {LONGEST:,} characters.")],
    )


@dataclass(frozen=True)
class Choice:
    """Somebody who could be a finalist: who, in which stage, and the place and reason that stand now."""

    application_id: int
    name: str
    headline: str
    stage: str
    place: int | None
    reason: str
    rank: str


def order_form(choices: Sequence[Choice], *, stood: str) -> Any:
    """The form for these people, with the order that stands filled in."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {"stood": stood}
    for choice in choices:
        fields[f"place_{choice.application_id}"] = PlaceField(
            f"Place of {choice.name}",
            validators=[
                Optional(),
                NumberRange(min=1, message=f"Places start at 1. Correct the place of {choice.name}."),
            ],
            render_kw={"min": 1, "step": 1, "inputmode": "numeric"},
        )
        fields[f"reason_{choice.application_id}"] = TextAreaField(
            f"Reason for {choice.name}",
            validators=[Length(max=LONGEST, message=f"Use at most {LONGEST:,} characters.")],
        )
        values[f"place_{choice.application_id}"] = choice.place
        values[f"reason_{choice.application_id}"] = choice.reason
    form_class = type("OrderForm", (OrderForm,), fields)
    return form_class(**values)


def _add_error(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]


def places_from_form(form: Any, choices: Sequence[Choice]) -> list[tuple[Choice, str]] | None:
    """Who stands where, first choice first, each with the reason; None where something is wrong, told at its field."""
    valid = form.validate()
    placed: dict[int, list[Choice]] = {}
    for choice in choices:
        place = form[f"place_{choice.application_id}"]
        if place.data is not None and not place.errors:
            placed.setdefault(place.data, []).append(choice)
            reason = form[f"reason_{choice.application_id}"]
            if not (reason.data or "").strip():
                _add_error(reason, f"Say why {choice.name} stands in this place.")
                valid = False
    for place, choices_in_place in placed.items():
        for choice in choices_in_place[1:]:
            _add_error(form[f"place_{choice.application_id}"], f"Place {place} is given twice, to {choice.name} too.")
            valid = False
    missing = next(place for place in range(1, len(placed) + 2) if place not in placed)
    if valid and missing <= len(placed):
        last = placed[max(placed)][0]
        message = f"Nobody has place {missing}. Places run from 1 on without a gap."
        _add_error(form[f"place_{last.application_id}"], message)
        valid = False
    if not valid:
        return None
    return [(placed[place][0], form[f"reason_{placed[place][0].application_id}"].data) for place in sorted(placed)]
