"""Forms for what a search agrees about its bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from recruiter.accounts.models import User
from recruiter.keepwarm.schedule.cadence import CLOCKS, Situation
from recruiter.web.keepwarm.forms import century, pairs

WORDS = Length(max=500, message="Use at most 500 characters.")
DAY = [InputRequired("Enter the date, like 2026-11-24."), century]


class CadenceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Days for each situation; the fields are made of the situations themselves."""


for _one in Situation:
    setattr(
        CadenceForm,
        _one.value,
        IntegerField(
            f"{CLOCKS[_one].label}, in {CLOCKS[_one].unit}",
            validators=[
                InputRequired("Enter a number of days."),
                NumberRange(0, CLOCKS[_one].most, f"Enter 0 to {CLOCKS[_one].most} days."),
            ],
        ),
    )


def cadence(days: Mapping[Situation, int], **given: Any) -> CadenceForm:
    """The form of the clocks as they are."""
    return CadenceForm(data={situation.value: count for situation, count in days.items()}, **given)


def chosen(form: CadenceForm) -> dict[Situation, int]:
    """What was typed."""
    return {situation: form[situation.value].data for situation in Situation}


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """The day on which a search decides."""

    due_on = DateField("We decide on", validators=DAY)
    reason = StringField("Why it moves", validators=[WORDS])


class ApprovalForm(FlaskForm):  # type: ignore[misc]
    """By when an approver promised to answer."""

    promised_by = SelectField("Approver", validators=[InputRequired("Choose the approver who promised to answer.")])
    due_on = DateField("Promised by", validators=DAY)
    reason = StringField("What they said", validators=[WORDS])


def approval(people: Sequence[User], **given: Any) -> ApprovalForm:
    """The form with those who may approve."""
    form = ApprovalForm(**given)
    form.promised_by.choices = pairs([("", "Choose one"), *((str(person.id), person.name) for person in people)])
    return form


class SnoozeForm(FlaskForm):  # type: ignore[misc]
    """Until when somebody is left alone, and why."""

    until = DateField("Leave alone until", validators=DAY)
    reason = StringField("Why", validators=[InputRequired("Say why they are left alone."), WORDS])
