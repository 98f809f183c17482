"""Forms about interviews: planning one, moving one, the plan of a requisition, how somebody interviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, cast
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews import decision_dates, interview_plans, interviewer_profiles, rules
from recruiter.interviews.models import DecisionDate, Interview, InterviewerProfile, PlannedTalk
from recruiter.interviews.services import Seat
from recruiter.requisitions.models import Requisition, Stage
from recruiter.web.request import date_fields, guard
from recruiter.web.request.number_fields import WholeNumberField
from recruiter.web.request.text_fields import long_text, text, typed_text

SEATS = 6
SPARE_LINES = 2
MINUTES = [
    InputRequired("Enter how many minutes it lasts."),
    NumberRange(5, 2880, "Enter between 5 minutes and two days."),
]
DATE, TIME = {"type": "date"}, {"type": "time"}
FIELDS = {"panel": "person_1", "starts_at": "date", "ends_at": "minutes"}  # where the service's names stand on the form


class TimesForm(FlaskForm):
    """When, how long, where and with whom; `with_seats` adds the panel."""

    date = date_fields.day("Date", required="Enter the date.", **DATE)
    time = TimeField("Time", validators=[InputRequired("Enter the time it starts.")], render_kw=TIME)
    minutes = WholeNumberField("Minutes", validators=MINUTES)
    place = text("Place", longest=rules.LONGEST_PLACE)
    anyway = BooleanField("Plan it all the same")
    scored = BooleanField("Asks for a scorecard")
    shows_scored = HiddenField()
    seats = SEATS

    def asks_for_cards(self, *, otherwise: bool = True) -> bool:
        """Whether its panel is asked for scorecards; `otherwise` where the form did not hold the question."""
        return bool(self.scored.data) if self.shows_scored.data else otherwise

    def validate_time(self, field: Any) -> None:
        """No time that the clock of the company leaves out on that day."""
        if self.date.data is not None and field.data is not None:
            try:
                self.starts_at()
            except RuleBroken as error:
                raise ValidationError(error.message) from error

    def starts_at(self) -> dt.datetime:
        """When it begins, on the clock of the company."""
        return rules.wall_time(cast("dt.date", self.date.data), cast("dt.time", self.time.data), guard.zone())

    def ends_at(self) -> dt.datetime:
        """When it ends: counted on the clock of the world, so that no change of the hour shortens it."""
        begins = self.starts_at().astimezone(dt.UTC)
        return begins + dt.timedelta(minutes=cast("int", self.minutes.data))

    def panel(self, people: Sequence[User]) -> list[Seat]:
        """Who was named on the panel."""
        users_by_id = {str(user.id): user for user in people}
        return [
            Seat(users_by_id[self[f"person_{place}"].data], bool(self[f"other_{place}"].data))
            for place in range(1, self.seats + 1)
            if self[f"person_{place}"].data in users_by_id
        ]


class PlanForm(TimesForm):
    """What is planned beyond time and panel: a name, a stage, and what they look at."""

    name = text("Name", required="Give the interview a name, like System design panel.", longest=200)
    stage = SelectField("Stage", validators=[InputRequired("Choose a stage.")])
    focus = SelectMultipleField("What they look at", validators=[Optional()])


class MoveForm(TimesForm):
    """What is changed about an interview, and why. `shows_focus` tells that the form held what they look at."""

    name = text("Name", longest=200)
    focus = SelectMultipleField("What they look at", validators=[Optional()])
    shows_focus = HiddenField()
    version = HiddenField()
    reason = long_text("Reason", longest=rules.LONGEST_REASON)


def _with_seats(kind: type[Any], people: Sequence[User], seats: int, **form_arguments: object) -> Any:
    fields: JsonObject = {"seats": seats}
    user_ids = _choices(["", *(str(user.id) for user in people)])
    for place in range(1, seats + 1):
        fields[f"person_{place}"] = SelectField(f"Person {place}", choices=user_ids, validators=[Optional()])
        fields[f"other_{place}"] = BooleanField("Of another team")
    return type(f"{kind.__name__}WithSeats", (kind,), fields)(**form_arguments)


def meeting_stages(requisition: Requisition) -> list[Stage]:
    """The stages in which people are met; all of them on a search that has none such."""
    stages = [stage for stage in requisition.stages if stage.kind in interview_plans.MEETING_STAGES]
    return stages or requisition.stages


def plan_form(requisition: Requisition, people: Sequence[User], **form_arguments: object) -> PlanForm:
    """The form with the stages and attributes of a requisition and the people who may be on a panel."""
    form: PlanForm = _with_seats(PlanForm, people, SEATS, **form_arguments)
    form.stage.choices = _choices(str(stage.id) for stage in meeting_stages(requisition))
    form.focus.choices = _choices(requisition.attribute_names)
    return form


def _choices(values: Iterable[str]) -> Any:
    """What a list offers, by value alone; the stubs know pairs only."""
    return list(values)


def move_form(interview: Interview, people: Sequence[User], **form_arguments: object) -> MoveForm:
    """The form that shows an interview as it stands, to be changed; `version` tells as of when it was read."""
    begins = interview.starts_at.astimezone(guard.zone())
    data: JsonObject = {
        "date": begins.date(),
        "time": begins.time().replace(second=0, microsecond=0, tzinfo=None),
        "minutes": interview.minutes,
        "place": interview.place,
        "name": interview.name,
        "focus": interview.focus,
        "scored": interview.scored,
        "version": str(interview.version),
    }
    for place, seat in enumerate(interview.panel, 1):
        data[f"person_{place}"], data[f"other_{place}"] = str(seat.user_id), seat.cross_functional
    seats = max(SEATS, len(interview.panel) + 1)
    form: MoveForm = _with_seats(MoveForm, people, seats, data=data, **form_arguments)
    form.focus.choices = _choices(interview.application.requisition.attribute_names)
    return form


class InterviewPlanForm(FlaskForm):
    """The plan of a requisition; `interview_plan_form` adds its lines. `plan_seen` stands for the plan that it was made of."""

    lines = 0
    plan_seen = HiddenField()
    shows_scored = HiddenField()

    def rows_filled(self) -> list[int]:
        """The numbers of the lines that have a name; the others are left out."""
        return [row for row in range(1, self.lines + 1) if typed_text(self[f"name_{row}"])]

    def entries(self, requisition: Requisition) -> list[PlannedTalk]:
        """The talks as they were filled in."""
        stages = {str(stage.id): stage for stage in requisition.stages}
        return [
            PlannedTalk(
                stage=stages[self[f"stage_{row}"].data],
                name=self[f"name_{row}"].data,
                minutes=self[f"minutes_{row}"].data or 0,
                focus=self[f"focus_{row}"].data or [],
                scored=bool(self[f"scored_{row}"].data) or not self.shows_scored.data,
            )
            for row in self.rows_filled()
        ]

    def fields_of_errors(self) -> dict[str, str]:
        """Where on the form the service's names of what is wrong are shown."""
        return {"lines": "name_1"} | {f"lines.{place}": f"name_{row}" for place, row in enumerate(self.rows_filled())}


def date_form(latest: DecisionDate | None, **form_arguments: object) -> DateForm:
    """The form with the date that is set, or with none."""
    data = {"decide_on": latest.decide_on if latest else None, "date_seen": decision_dates.version_mark(latest)}
    return DateForm(data=data, **form_arguments)


def interview_plan_form(
    requisition: Requisition, planned: Sequence[PlannedTalk], *, row_count: int = 0, **form_arguments: object
) -> InterviewPlanForm:
    """A line for each talk and some empty ones, `row_count` at the least; a line without a name is left out."""
    count = min(max(len(planned) + SPARE_LINES, row_count), interview_plans.MOST)
    fields: JsonObject = {"lines": count}
    data: JsonObject = {"plan_seen": interview_plans.version_mark(planned)}
    stages, usual = _choices(str(stage.id) for stage in requisition.stages), meeting_stages(requisition)[:2][-1]
    attributes = _choices(requisition.attribute_names)
    for place in range(1, count + 1):
        fields[f"name_{place}"] = text(f"Talk {place}", longest=200)
        fields[f"stage_{place}"] = SelectField("Stage", choices=stages, default=str(usual.id), validators=[Optional()])
        fields[f"minutes_{place}"] = WholeNumberField("Minutes", default=60, validators=[Optional()])
        fields[f"focus_{place}"] = SelectMultipleField("Looks at", choices=attributes, validators=[Optional()])
        fields[f"scored_{place}"] = BooleanField("Asks for a scorecard", default=True)
    for place, entry in enumerate(planned, 1):
        data[f"scored_{place}"] = entry.scored
        data[f"name_{place}"], data[f"stage_{place}"] = entry.name, str(entry.stage_id)
        data[f"minutes_{place}"], data[f"focus_{place}"] = entry.minutes, entry.focus
    form: InterviewPlanForm = type("LinesFormOfRequisition", (InterviewPlanForm,), fields)(data=data, **form_arguments)
    return form


class DateForm(FlaskForm):
    """By when a search decides; `date_seen` is the date that stood there, `none` where there was none."""

    date_seen = HiddenField()
    decide_on = date_fields.day("Decide by", required="Enter the date.", **DATE)


WEEKLY_LIMIT = [
    InputRequired("Enter a number."),
    NumberRange(1, interviewer_profiles.MOST_A_WEEK, "Enter a number from 1 to 40."),
]


class ProfileForm(FlaskForm):
    """How somebody interviews."""

    title = text("What candidates read about you", longest=interviewer_profiles.LONGEST_TITLE)
    zone = SelectField("Time zone", validators=[Optional()])
    day_starts = TimeField("Day starts", validators=[InputRequired("Enter when your day starts.")], render_kw=TIME)
    day_ends = TimeField("Day ends", validators=[InputRequired("Enter when your day ends.")], render_kw=TIME)
    weekly_limit = WholeNumberField("Interviews a week, at most", validators=WEEKLY_LIMIT)


ZONES = sorted(available_timezones())


def _time(minutes: int) -> dt.time:
    return dt.time(min(minutes // 60, 23), minutes % 60)


def minutes_of(time: dt.time | None) -> int:
    """A time of the day in minutes after midnight."""
    return time.hour * 60 + time.minute if time else 0


def profile_form(profile: InterviewerProfile | None) -> ProfileForm:
    """The form with what somebody said, or with what holds for whoever said nothing."""
    starts, ends = interviewer_profiles.DAY_STARTS, interviewer_profiles.DAY_ENDS
    data: JsonObject = {"weekly_limit": interviewer_profiles.WEEKLY_LIMIT}
    if profile is not None:
        starts, ends = profile.day_starts, profile.day_ends
        data = {"title": profile.title, "zone": profile.zone, "weekly_limit": profile.weekly_limit}
    form = ProfileForm(data=data | {"day_starts": _time(starts), "day_ends": _time(ends)})
    form.zone.choices = _choices(["", *ZONES])
    return form
