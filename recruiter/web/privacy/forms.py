"""Forms about a person's data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from recruiter.privacy.models import DisputedField, RequestKind, RequestOutcome, RetentionPurpose
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.date_fields import day
from recruiter.web.request.text_fields import long_text, text

LONGEST = 2_000
OUTCOMES = {
    RequestOutcome.DONE: "Done",
    RequestOutcome.REFUSED: "Refused",
    RequestOutcome.WITHDRAWN: "Withdrawn by them",
}
ENDED = {**OUTCOMES, RequestOutcome.OVERTAKEN: "Not answered: their data was erased"}


class RequestForm(FlaskForm):
    """What a person asks for, and when it came."""

    kind = SelectField("They ask for", choices=pairs((kind.value, kind.label) for kind in RequestKind))
    received_on = day("Received on", required="Enter the day on which it was received.")
    details = long_text("What they wrote", longest=LONGEST)
    disputed = SelectMultipleField(
        "For a correction: what isn’t right",  # noqa: RUF001  # as pages write it
        choices=pairs((field.value, field.label) for field in DisputedField),
        option_widget=CheckboxInput(),
    )


class SettleForm(FlaskForm):
    """How one disputed field is settled."""

    dispute = HiddenField()
    act = SelectField("What we do", choices=pairs([("correct", "Correct it"), ("keep", "Keep it, with a reason")]))
    value = long_text(
        "What is right, or why it stays", required="Enter what is right, or why it stays.", longest=LONGEST
    )
    informed_parties = long_text("Who outside had it, and was told", longest=LONGEST)


class EndForm(FlaskForm):
    """How a request ended."""

    request = HiddenField()
    outcome = SelectField("Outcome", choices=pairs((outcome.value, label) for outcome, label in OUTCOMES.items()))
    answer = long_text("What we answered", longest=LONGEST)


class HoldForm(FlaskForm):
    """Why nothing may be deleted, and until when."""

    reason = long_text(
        "Reason", required="Say why nothing may be deleted: the claim or the proceeding.", longest=LONGEST
    )
    until = day("Until", required="Enter the day until which nothing may be deleted.")


class LiftForm(FlaskForm):
    """Why a hold ends, and that its effect was read. Nothing is ticked beforehand."""

    reason = long_text(
        "Why it ends", required="Say why the hold ends: how the claim or the proceeding was settled.", longest=LONGEST
    )
    sure = BooleanField(
        "I’ve read what can be erased then",  # noqa: RUF001  # as pages write it
        validators=[InputRequired("Read what can be erased then, and tick this.")],
    )


class RequisitionHoldForm(HoldForm):
    """The same for everybody on a requisition."""

    requisition = text("Requisition", required="Enter the key of the requisition, like ENG-214.", longest=40)


class ErasureForm(FlaskForm):
    """The confirmation of an erasure. Nothing is ticked beforehand."""

    sure = BooleanField(
        "I understand that this can’t be undone",  # noqa: RUF001  # as pages write it
        validators=[InputRequired("Read what is erased and what stays, then tick this.")],
    )


class PeriodForm(FlaskForm):
    """How long data of one purpose is kept at one place, in months or days as the purpose has it."""

    purpose = SelectField(
        "Data", choices=pairs((each.value, f"{each.label} (in {each.unit}s)") for each in RetentionPurpose)
    )
    place = SelectField("Place", validate_choice=False)  # the rule says which places there are
    length = IntegerField("Keep for", validators=[InputRequired("Enter a number of months or days.")])

    def offer(self, places: Iterable[str]) -> Self:
        """Let the form choose among the places of requisitions."""
        self.place.choices = pairs([("", "Everywhere else"), *((place, place) for place in places)])
        return self
