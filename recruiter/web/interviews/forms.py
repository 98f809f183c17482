"""Forms about interviews: planning one, moving one, the plan of a requisition, how somebody interviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.interviews import decision_dates, interview_plans, interviewer_profiles, rules
from recruiter.interviews.models import Interview, InterviewerProfile, PlannedTalk
from recruiter.interviews.services import Seat
from recruiter.requisitions.models import Requisition, Stage

SEATS = 6
SPARE_LINES = 2
EARLIEST, LATEST = 2000, 2099
LONGEST_MINUTES = 2880
DATE, TIME = {"type": "date"}, {"type": "time"}


class TimesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """When, how long, where and with whom; `with_seats` adds the panel."""

    date = DateField("Date", validators=[InputRequired("Enter the date.")], render_kw=DATE)
    time = TimeField("Time", validators=[InputRequired("Enter the time it starts.")], render_kw=TIME)
    minutes = IntegerField(
        "Minutes",
        validators=[
            InputRequired("Enter how many minutes it lasts."),
            NumberRange(5, LONGEST_MINUTES, "Enter between 5 minutes and two days."),
        ],
    )
    place = StringField("Place", validators=[Length(max=rules.LONGEST_PLACE)])
    anyway = BooleanField("Plan it all the same")
    seats = SEATS

    def validate_date(self, field: Any) -> None:
        """A year that a calendar on the wall could have."""
        if field.data is not None and not EARLIEST <= field.data.year <= LATEST:
            raise ValidationError("Enter a date of this century, like 2026-11-24.")

    def starts_at(self, zone: ZoneInfo) -> dt.datetime:
        """When it begins, in the zone of the company; RuleBroken for a time that its clock leaves out."""
        return rules.wall_time(cast("dt.date", self.date.data), cast("dt.time", self.time.data), zone)

    def ends_at(self, zone: ZoneInfo) -> dt.datetime:
        """When it ends: counted on the clock of the world, so that no change of the hour shortens it."""
        begins = self.starts_at(zone).astimezone(dt.UTC)
        return begins + dt.timedelta(minutes=cast("int", self.minutes.data))

    def panel(self, people: Sequence[User]) -> list[Seat]:
        """Who was named on the panel."""
        known = {str(one.id): one for one in people}
        chosen = [(self[f"person_{place}"].data, self[f"other_{place}"].data) for place in range(1, self.seats + 1)]
        return [Seat(known[who], bool(other)) for who, other in chosen if who in known]


class PlanForm(TimesForm):
    """What is planned beyond time and panel: a name, a stage, and what they look at."""

    name = StringField(
        "Name", validators=[InputRequired("Give the interview a name, like System design panel."), Length(max=200)]
    )
    stage = SelectField("Stage", validators=[InputRequired("Choose a stage.")])
    focus = SelectMultipleField("What they look at", validators=[Optional()])


class MoveForm(TimesForm):
    """What is changed about an interview, and why. `shows_focus` tells that the form held what they look at."""

    name = StringField("Name", validators=[Length(max=200)])
    focus = SelectMultipleField("What they look at", validators=[Optional()])
    shows_focus = HiddenField()
    version = HiddenField()
    reason = TextAreaField("Reason", validators=[Length(max=rules.LONGEST_REASON)])


def _with_seats(kind: type[Any], people: Sequence[User], seats: int, **given: Any) -> Any:
    fields: dict[str, Any] = {"seats": seats}
    for place in range(1, seats + 1):
        fields[f"person_{place}"] = SelectField(f"Person {place}", validators=[Optional()])
        fields[f"other_{place}"] = BooleanField("Of another team")
    form = type(f"{kind.__name__}WithSeats", (kind,), fields)(**given)
    named = ["", *(str(one.id) for one in people)]
    for place in range(1, seats + 1):
        form[f"person_{place}"].choices = named
    return form


def met_in(requisition: Requisition) -> list[Stage]:
    """The stages in which people are met; all of them on a search that has none such."""
    return [one for one in requisition.stages if one.kind in interview_plans.MET] or list(requisition.stages)


def plan_form(requisition: Requisition, people: Sequence[User], **given: Any) -> PlanForm:
    """The form with the stages and attributes of a requisition and the people who may be on a panel."""
    form: PlanForm = _with_seats(PlanForm, people, SEATS, **given)
    stages: Any = [str(one.id) for one in met_in(requisition)]  # the stubs know pairs alone
    attributes: Any = [one.name for one in requisition.attributes]
    form.stage.choices, form.focus.choices = stages, attributes
    return form


def move_form(interview: Interview, people: Sequence[User], zone: ZoneInfo, **given: Any) -> MoveForm:
    """The form that shows an interview as it stands, to be changed; `version` tells as of when it was read."""
    begins = interview.starts_at.astimezone(zone)
    minutes = int((interview.ends_at - interview.starts_at).total_seconds() // 60)
    data: dict[str, Any] = {
        "date": begins.date(), "time": begins.time().replace(second=0, microsecond=0, tzinfo=None),
        "minutes": minutes, "place": interview.place, "name": interview.name, "focus": list(interview.focus), "version": str(interview.version),
    }  # fmt: skip
    for place, seat in enumerate(interview.panel, 1):
        data[f"person_{place}"], data[f"other_{place}"] = str(seat.user_id), seat.cross_functional
    seats = max(SEATS, len(interview.panel) + 1)
    form: MoveForm = _with_seats(MoveForm, people, seats, data=data, **given)
    attributes: Any = [one.name for one in interview.application.requisition.attributes]
    form.focus.choices = attributes
    return form


class LinesForm(FlaskForm):  # type: ignore[misc]
    """The plan of a requisition; `lines_form` adds its lines. `plan_seen` stands for the plan that it was made of."""

    lines = 0
    plan_seen = HiddenField()


def date_form(decide_on: dt.date | None, **given: Any) -> DateForm:
    """The form with the date that is set, or with none."""
    return DateForm(data={"decide_on": decide_on, "date_seen": decision_dates.mark(decide_on)}, **given)


def lines_form(requisition: Requisition, talks: Sequence[PlannedTalk], *, typed: int = 0, **given: Any) -> LinesForm:
    """A line for each talk and some empty ones, `typed` at the least; a line without a name is left out."""
    count = min(max(len(talks) + SPARE_LINES, typed), interview_plans.MOST)
    fields: dict[str, Any] = {"lines": count}
    data: dict[str, Any] = {"plan_seen": interview_plans.mark(talks)}
    for place in range(1, count + 1):
        fields[f"name_{place}"] = StringField(f"Talk {place}", validators=[Length(max=200)])
        fields[f"stage_{place}"] = SelectField("Stage", validators=[Optional()])
        fields[f"minutes_{place}"] = IntegerField("Minutes", validators=[Optional()])
        fields[f"focus_{place}"] = SelectMultipleField("Looks at", validators=[Optional()])
    met = met_in(requisition)
    for place in range(1, count + 1):
        talk = talks[place - 1] if place <= len(talks) else None
        data[f"name_{place}"] = talk.name if talk else ""
        data[f"stage_{place}"] = str(talk.stage_id if talk else met[min(1, len(met) - 1)].id)
        data[f"minutes_{place}"] = talk.minutes if talk else 60
        data[f"focus_{place}"] = talk.focus if talk else []
    form: LinesForm = type("LinesFormOfRequisition", (LinesForm,), fields)(data=data, **given)
    for place in range(1, count + 1):
        form[f"stage_{place}"].choices = [str(one.id) for one in requisition.stages]
        form[f"focus_{place}"].choices = [one.name for one in requisition.attributes]
    return form


def lines(form: LinesForm, requisition: Requisition) -> list[interview_plans.Line]:
    """The talks as they were filled in."""
    stages = {str(one.id): one for one in requisition.stages}
    out = []
    for place in range(1, form.lines + 1):
        if (form[f"name_{place}"].data or "").strip():
            stage = stages[form[f"stage_{place}"].data]
            minutes, focus = form[f"minutes_{place}"].data or 0, form[f"focus_{place}"].data or []
            out.append(interview_plans.Line(stage, form[f"name_{place}"].data, minutes, focus))
    return out


class DateForm(FlaskForm):  # type: ignore[misc]
    """By when a search decides; `date_seen` is the date that stood there, `none` where there was none."""

    date_seen = HiddenField()
    decide_on = DateField("Decide by", validators=[InputRequired("Enter the date.")], render_kw=DATE)


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """How somebody interviews."""

    title = StringField("What candidates read about you", validators=[Length(max=interviewer_profiles.LONGEST_TITLE)])
    zone = SelectField("Time zone", validators=[Optional()])
    day_starts = TimeField("Day starts", validators=[InputRequired("Enter when your day starts.")], render_kw=TIME)
    day_ends = TimeField("Day ends", validators=[InputRequired("Enter when your day ends.")], render_kw=TIME)
    weekly_limit = IntegerField(
        "Interviews a week, at most",
        validators=[
            InputRequired("Enter a number."),
            NumberRange(1, interviewer_profiles.MOST_A_WEEK, "Enter a number from 1 to 40."),
        ],
    )


def profile_form(said: InterviewerProfile | None) -> ProfileForm:
    """The form with what somebody said, or with what holds for whoever said nothing."""
    starts, ends = (
        (said.day_starts, said.day_ends) if said else (interviewer_profiles.DAY_STARTS, interviewer_profiles.DAY_ENDS)
    )
    data = {
        "title": said.title if said else "", "zone": said.zone if said else "",
        "day_starts": dt.time(starts // 60, starts % 60), "day_ends": dt.time(min(ends // 60, 23), ends % 60),
        "weekly_limit": said.weekly_limit if said else interviewer_profiles.WEEKLY_LIMIT,
    }  # fmt: skip
    form = ProfileForm(data=data)
    zones: Any = ["", *sorted(available_timezones())]
    form.zone.choices = zones
    return form


def lay(form: TimesForm, errors: dict[str, list[str]], message: str) -> str:
    """Put what a service found at the fields it belongs to; what belongs to none comes back."""
    places = {"panel": "person_1", "starts_at": "date", "ends_at": "minutes", "time": "time", "place": "place"}
    places |= {"name": "name", "focus": "focus"}
    left = ""
    for key, found in (errors or {"": [message]}).items():
        if key in places and places[key] in form:
            field = form[places[key]]
            field.errors = [*field.errors, *found]
        else:
            left = found[0]
    return left
