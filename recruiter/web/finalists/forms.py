"""The form that sets the order of finalists: a place and a reason for each who could stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import NumberRange, Optional

from recruiter.web.request.number_fields import WholeNumberField
from recruiter.web.request.text_fields import long_text, typed_text

LONGEST = 2000
MOST_PLACES = 1000
NUMBER = "Write the place as a whole number, for example 2, or leave it empty."


class PlaceField(WholeNumberField):
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


@dataclass(frozen=True)
class Choice:
    """Somebody who could be a finalist: who, in which stage, and the place and reason that stand now."""

    application_id: int
    name: str
    stage: str
    place: int | None
    reason: str
    rank: str


class OrderForm(FlaskForm):
    """The whole order. `stood` is the order, `advice` the model behind the suggestion, as they were when it was read."""

    stood = HiddenField()
    advice = HiddenField()
    departure = long_text("Why the order departs from the suggestion", longest=LONGEST)
    choices: Sequence[Choice] = ()

    def field_of(self, kind: Literal["place", "reason"], choice: Choice) -> Field:
        """The place or the reason of somebody."""
        field: Field = self[f"{kind}_{choice.application_id}"]
        return field

    def _by_place(self) -> dict[int, list[Choice]]:
        placed: dict[int, list[Choice]] = {}
        for choice in self.choices:
            place = self.field_of("place", choice)
            if place.data is not None and not place.errors:
                placed.setdefault(place.data, []).append(choice)
        return placed

    def _add_error(self, kind: Literal["place", "reason"], choice: Choice, message: str) -> None:
        field = self.field_of(kind, choice)
        field.errors = [*field.errors, message]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Each place once, without a gap, and with a reason."""
        valid: bool = super().validate(extra_validators)
        placed = self._by_place()
        for place, choices in placed.items():
            for choice in choices:
                if not typed_text(self.field_of("reason", choice)):
                    self._add_error("reason", choice, f"Say why {choice.name} stands in this place.")
                    valid = False
            for choice in choices[1:]:
                self._add_error("place", choice, f"Place {place} is given twice, to {choice.name} too.")
                valid = False
        missing = next(place for place in range(1, len(placed) + 2) if place not in placed)
        if valid and missing <= len(placed):
            message = f"Nobody has place {missing}. Places run from 1 on without a gap."
            self._add_error("place", placed[max(placed)][0], message)
            return False
        return valid

    def order(self) -> list[tuple[int, str]]:
        """The applications, first choice first, each with the reason; once the form is valid."""
        first_of_place = [choices[0] for _, choices in sorted(self._by_place().items())]
        return [(choice.application_id, self.field_of("reason", choice).data) for choice in first_of_place]


def order_form(choices: Sequence[Choice], *, stood: str) -> OrderForm:
    """The form for these people, with the order that stands filled in."""
    fields: dict[str, object] = {"choices": choices}
    values: dict[str, object] = {"stood": stood}
    for choice in choices:
        fields[f"place_{choice.application_id}"] = PlaceField(
            f"Place of {choice.name}",
            validators=[Optional(), NumberRange(1, message=f"Places start at 1. Correct the place of {choice.name}.")],
            render_kw={"min": 1, "step": 1, "inputmode": "numeric"},
        )
        fields[f"reason_{choice.application_id}"] = long_text(f"Reason for {choice.name}", longest=LONGEST)
        values[f"place_{choice.application_id}"] = choice.place
        values[f"reason_{choice.application_id}"] = choice.reason
    form: OrderForm = type("OrderForm", (OrderForm,), fields)(**values)
    return form
