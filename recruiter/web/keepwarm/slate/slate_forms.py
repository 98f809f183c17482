"""Forms for what a search agrees about its bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired, NumberRange

from recruiter.accounts.models import User
from recruiter.keepwarm.schedule.cadence import CLOCKS, Situation
from recruiter.web.request import choice_fields, date_fields
from recruiter.web.request.number_fields import WholeNumberField
from recruiter.web.request.text_fields import text

NO_DATE = "Enter the date, like 2026-11-24."
LONGEST = 500


class CadenceForm(FlaskForm):
    """Days for each situation; the fields are made of the situations themselves."""

    @property
    def chosen(self) -> dict[Situation, int]:
        """What was typed."""
        return {situation: self[situation.value].data for situation in Situation}


for _situation, _clock in CLOCKS.items():
    _checks = [InputRequired("Enter a number of days."), NumberRange(0, _clock.most, f"Enter 0 to {_clock.most} days.")]
    setattr(CadenceForm, _situation.value, WholeNumberField(f"{_clock.label}, in {_clock.unit}", validators=_checks))


def cadence(days: Mapping[Situation, int], **given: Any) -> CadenceForm:
    """The form of the clocks as they are."""
    return CadenceForm(data={situation.value: count for situation, count in days.items()}, **given)


class DecisionForm(FlaskForm):
    """The day on which a search decides."""

    due_on = date_fields.day("We decide on", required=NO_DATE)
    reason = text("Why it moves", longest=LONGEST)


class ApprovalForm(FlaskForm):
    """By when an approver promised to answer."""

    promised_by = SelectField("Approver", validators=[InputRequired("Choose the approver who promised to answer.")])
    due_on = date_fields.day("Promised by", required=NO_DATE)
    reason = text("What they said", longest=LONGEST)

    def __init__(self, approvers: Sequence[User], **given: Any) -> None:
        super().__init__(**given)
        self.approvers = {str(user.id): user for user in approvers}
        self.promised_by.choices = choice_fields.people(approvers, nobody="Choose one")

    @property
    def approver(self) -> User | None:
        """Who promised."""
        return self.approvers.get(self.promised_by.data)


class SnoozeForm(FlaskForm):
    """Until when somebody is left alone, and why."""

    until = date_fields.day("Leave alone until", required=NO_DATE)
    reason = text("Why", required="Say why they are left alone.", longest=LONGEST)
