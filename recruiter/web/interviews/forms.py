"""The form that plans an interview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.interviews.services import Seat
from recruiter.requisitions.models import Requisition

SEATS = 6
EARLIEST, LATEST = 2000, 2099
LONGEST_MINUTES = 2880


class PlanForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Name, stage, when, how long, who, and what they look at."""

    name = StringField(
        "Name", validators=[InputRequired("Give the interview a name, like System design panel."), Length(max=200)]
    )
    stage = SelectField("Stage", validators=[InputRequired("Choose a stage.")])
    date = DateField("Date", validators=[InputRequired("Enter the date.")], render_kw={"type": "date"})
    time = TimeField("Time", validators=[InputRequired("Enter the time it starts.")], render_kw={"type": "time"})
    minutes = IntegerField(
        "Minutes",
        validators=[
            InputRequired("Enter how many minutes it lasts."),
            NumberRange(5, LONGEST_MINUTES, "Enter between 5 minutes and two days."),
        ],
    )
    focus = SelectMultipleField("What they look at", validators=[Optional()])

    def validate_date(self, field: Any) -> None:
        """A year that a calendar on the wall could have."""
        if field.data is not None and not EARLIEST <= field.data.year <= LATEST:
            raise ValidationError("Enter a date of this century, like 2026-11-24.")

    def starts_at(self, zone: ZoneInfo) -> dt.datetime:
        """When it begins, in the zone of the company."""
        date, time = cast("dt.date", self.date.data), cast("dt.time", self.time.data)
        return dt.datetime.combine(date, time, tzinfo=zone)

    def ends_at(self, zone: ZoneInfo) -> dt.datetime:
        """When it ends: counted on the clock of the world, so that no change of the hour shortens it."""
        begins = self.starts_at(zone).astimezone(dt.UTC)
        return begins + dt.timedelta(minutes=cast("int", self.minutes.data))

    def seats(self, people: Sequence[User]) -> list[Seat]:
        """Who was named on the panel."""
        known = {str(one.id): one for one in people}
        chosen = [(self[f"person_{place}"].data, self[f"other_{place}"].data) for place in range(1, SEATS + 1)]
        return [Seat(known[who], bool(other)) for who, other in chosen if who in known]


def plan_form(requisition: Requisition, people: Sequence[User], **given: Any) -> PlanForm:
    """The form with the stages and attributes of a requisition and the people who may be on a panel."""
    fields: dict[str, Any] = {}
    for place in range(1, SEATS + 1):
        fields[f"person_{place}"] = SelectField(f"Person {place}", validators=[Optional()])
        fields[f"other_{place}"] = BooleanField("Of another team")
    form: PlanForm = type("PlanFormOfRequisition", (PlanForm,), fields)(**given)
    stages: Any = [str(one.id) for one in requisition.stages]  # the stubs know pairs alone
    attributes: Any = [one.name for one in requisition.attributes]
    named: Any = ["", *(str(one.id) for one in people)]
    form.stage.choices, form.focus.choices = stages, attributes
    for place in range(1, SEATS + 1):
        form[f"person_{place}"].choices = named
    return form


def lay(form: PlanForm, errors: dict[str, list[str]], message: str) -> str:
    """Put what a service found at the fields it belongs to; what belongs to none comes back."""
    places = {"panel": "person_1", "starts_at": "date", "ends_at": "minutes", "name": "name", "focus": "focus"}
    left = ""
    for key, found in (errors or {"": [message]}).items():
        if key in places:
            field = form[places[key]]
            field.errors = [*field.errors, *found]
        else:
            left = found[0]
    return left
