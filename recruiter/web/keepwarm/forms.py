"""Forms that record what was said to a finalist, what was promised, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.foundation import amount_parser, money
from recruiter.foundation.money import Money
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.contacts.contact_services import Contact
from recruiter.keepwarm.contacts.readiness_services import ReadinessAnswers
from recruiter.keepwarm.models.records import Channel, Direction, PromiseState, TouchKind
from recruiter.offers.competing_processes import ProcessInput
from recruiter.offers.models import SourceClass
from recruiter.pipeline.models import Application
from recruiter.web.keepwarm import labels
from recruiter.web.request import date_fields, guard
from recruiter.web.request.choice_fields import listed, pairs, people
from recruiter.web.request.text_fields import long_text, text, typed_text

LONGEST = 10_000
SETTLED = {PromiseState.KEPT: "Answer given", PromiseState.RENEWED: "A new date"}
YES_NO = pairs([("", "Not asked now"), ("yes", "Yes"), ("no", "No")])


class ContactForm(FlaskForm):
    """One contact, and by when they hear again where that was said."""

    direction = SelectField("Who spoke to whom", choices=listed(labels.DIRECTIONS))
    channel = SelectField("How", choices=listed(labels.CHANNELS))
    kind = SelectField("What for", choices=listed(labels.KINDS))
    text = long_text("What was said", required="Say in a line what was said.", longest=LONGEST, name="said")
    when = date_fields.moment("When")
    promise_by = date_fields.day("Promise an answer by")

    def value(self, zone: ZoneInfo) -> Contact:
        """The contact; a time without a zone is read in that of the company, none stands for now."""
        when: dt.datetime | None = self.when.data
        return Contact(
            Direction(self.direction.data),
            Channel(self.channel.data),
            TouchKind(self.kind.data),
            self.text.data or "",
            when.replace(tzinfo=zone) if when else None,
        )


class PromiseForm(FlaskForm):
    """What a candidate was told would happen, and by when."""

    what = text(
        "What was promised",
        required="Say what was promised, like “You will hear from us”.",
        longest=2000,
        default=promise_services.USUAL,
    )
    due_on = date_fields.day("By", required="Enter the date, like 2026-11-24.")
    zone = text("Their time zone", longest=64)


class SettleForm(FlaskForm):
    """What became of a promise."""

    state = SelectField(
        "What became of it",
        choices=[*pairs([("", "Choose one")]), *listed(SETTLED)],
        validators=[InputRequired("Give a new date, or choose “Answer given”.")],
    )
    answer = long_text("What they were told", longest=LONGEST)
    channel = SelectField("How", choices=listed(labels.CHANNELS), default="phone")
    due_on = date_fields.day("New date")

    def validate_answer(self, field: Any) -> None:
        """No promise is kept without the answer that was given, and none is moved without telling them."""
        if typed_text(field):
            return
        if self.state.data == PromiseState.KEPT:
            raise ValidationError("Say in a line what the answer was.")
        if self.state.data == PromiseState.RENEWED:
            raise ValidationError("Say in a line what you told them about the new date.")


class OwnedForm(FlaskForm):
    """A form that names who answers a concern, among those who may."""

    def __init__(self, owners: Sequence[User], **given: Any) -> None:
        super().__init__(**given)
        self.owners = {str(user.id): user for user in owners}
        self.owner.choices = people(owners, nobody="Nobody yet")

    @property
    def chosen_owner(self) -> User | None:
        """Who was chosen."""
        return self.owners.get(self.owner.data)


class ConcernForm(OwnedForm):
    """Why a finalist might say no, and who answers it."""

    kind = SelectField("About", choices=listed(labels.CONCERNS))
    text = long_text("What the concern is", required="Say in a line what the concern is.", longest=LONGEST)
    owner = SelectField("Who answers it", validators=[Optional()])


class ConcernChangeForm(OwnedForm):
    """How a concern is answered. `version` is the one that was read."""

    version = HiddenField()
    state = SelectField("State", choices=listed(labels.CONCERN_STATES))
    answer = long_text("Answer", longest=LONGEST)
    owner = SelectField("Who answers it", validators=[Optional()])


class CompetingForm(FlaskForm):
    """Another employer's process, as the candidate volunteered it."""

    employer = text("Employer", longest=200)
    stage = text(
        "How far it is", required="Say how far the other process is, like “final round” or “offer”.", longest=120
    )
    source = SelectField("How surely it is known", choices=listed(labels.SOURCES), default="unverified")
    decision_on = date_fields.day("They decide by")
    amount = StringField("Base they offer")
    currency = StringField("Currency")
    disclosed_on = date_fields.day("Told on")

    def money(self) -> Money | None:
        """The amount where one was typed. Raises ValueError with a sentence."""
        typed = typed_text(self.amount) if "amount" in self else ""
        if not typed:
            return None
        code = typed_text(self.currency).upper()
        if not money.is_currency(code):
            raise ValueError("Enter the currency by its three letters, like EUR.")
        parsed_amount = amount_parser.parse(typed, currency=code)
        if parsed_amount.amount < 0:
            raise ValueError("Enter an amount of 0 or more.")
        return parsed_amount

    def value(self) -> ProcessInput:
        """The process as the service takes it."""
        return {
            "stage": self.stage.data or "",
            "source_class": SourceClass(self.source.data),
            "employer": self.employer.data or "",
            "decision_on": self.decision_on.data,
            "amount": self.money(),
            "disclosed_on": self.disclosed_on.data,
        }

    def validate_amount(self, field: Any) -> None:  # noqa: ARG002  # WTForms hands the field
        """An amount that can be read."""
        try:
            self.money()
        except ValueError as error:
            raise ValidationError(str(error)) from None


def competing_form(application: Application, **given: Any) -> CompetingForm:
    """The form for another process; who does not see pay has no field for an amount."""
    form = CompetingForm(**given)
    if not guard.actor().pay_view:
        del form.amount
        del form.currency
    elif not form.is_submitted() or given:
        form.currency.data = application.requisition.band.currency if application.requisition.band else ""
    return form


class ReadinessForm(FlaskForm):
    """What a finalist answered; what is left open stays as it was."""

    interested = SelectField("Still interested", choices=YES_NO, default="")
    available_from = date_fields.day("Available from")
    expectation_within_band = SelectField("Expected pay is within the band", choices=YES_NO, default="")
    references_done_on = date_fields.day("References done on")

    def value(self) -> ReadinessAnswers:
        """The answers."""
        answers: dict[str, bool] = {"yes": True, "no": False}
        return ReadinessAnswers(
            interested=answers.get(self.interested.data),
            available_from=self.available_from.data,
            expectation_within_band=answers.get(self.expectation_within_band.data),
            references_done_on=self.references_done_on.data,
        )


class PromoteForm(FlaskForm):
    """Why and when the first choice was lost, and who comes next."""

    reason = SelectField("Reason", validators=[Optional()])
    own_words = long_text("In your own words", longest=2000)
    phase = RadioField(
        "When they withdrew",
        choices=listed(labels.PHASES),
        validators=[InputRequired("Open this page again: it did not say how far they had come.")],
    )
    fell_through_at = date_fields.moment("When they were lost")
    application_id = RadioField("Who is promoted", validators=[InputRequired("Choose who is promoted.")])

    def lost_at(self, zone: ZoneInfo) -> dt.datetime | None:
        """When it was, in the zone of the company; None stands for what the record has."""
        local_time: dt.datetime | None = self.fell_through_at.data
        return local_time.replace(tzinfo=zone) if local_time else None

    def reason_given(self) -> str:
        """The words where there are some, else the code of the list."""
        code = str(self.reason.data or "")
        return typed_text(self.own_words) or ("" if code == "other" else code)
