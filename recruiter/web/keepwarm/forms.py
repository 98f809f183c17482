"""Forms that record what was said to a finalist, what was promised, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import wtforms.fields.choices
from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.accounts.models import User
from recruiter.foundation import money
from recruiter.foundation.money import Money
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.contacts.contact_services import Contact
from recruiter.keepwarm.contacts.readiness_services import ReadinessAnswers
from recruiter.keepwarm.models.records import Channel, Direction, PromiseState, TouchKind
from recruiter.offers.competing_processes import ProcessInput
from recruiter.offers.models import SourceClass
from recruiter.web.keepwarm import labels

LONGEST = 10_000
EARLIEST, LATEST = 2000, 2099
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]  # the first is how browsers want it
LONG = f"Use at most {LONGEST:,} characters."
SETTLED = {PromiseState.KEPT: "Answer given", PromiseState.RENEWED: "A new date"}


def century(form: Any, field: Any) -> None:  # noqa: ARG001  # WTForms hands both
    """A year that a calendar on the wall could have."""
    if field.data is not None and not EARLIEST <= field.data.year <= LATEST:
        raise ValidationError("Enter a date of this century, like 2026-11-24.")


def pairs(choices: Iterable[tuple[str, str]]) -> Any:
    """Choices of a select from values and words, as this version of WTForms wants them; the stubs know pairs alone."""
    choices_module: Any = wtforms.fields.choices
    return [choices_module.SelectChoice(value, text) for value, text in choices]


def listed(texts: Mapping[Any, str]) -> Any:
    """Choices of a select from words for the values of an enumeration."""
    return pairs((str(value), text) for value, text in texts.items())


YES_NO = pairs([("", "Not asked now"), ("yes", "Yes"), ("no", "No")])


def _date(label: str, *more: Any) -> DateField:
    return DateField(label, validators=[*(more or [Optional()]), century])


class ContactForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """One contact, and by when they hear again where that was said."""

    direction = SelectField("Who spoke to whom", choices=listed(labels.DIRECTIONS))
    channel = SelectField("How", choices=listed(labels.CHANNELS))
    kind = SelectField("What for", choices=listed(labels.KINDS))
    text = TextAreaField(
        "What was said",
        name="said",
        validators=[InputRequired("Say in a line what was said."), Length(max=LONGEST, message=LONG)],
    )
    when = DateTimeLocalField("When", validators=[Optional(), century])
    promise_by = _date("Promise an answer by")

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


class PromiseForm(FlaskForm):  # type: ignore[misc]
    """What a candidate was told would happen, and by when."""

    what = StringField(
        "What was promised",
        default=promise_services.USUAL,
        validators=[
            InputRequired("Say what was promised, like “You will hear from us”."),
            Length(max=2000, message="Use at most 2,000 characters."),
        ],
    )
    due_on = _date("By", InputRequired("Enter the date, like 2026-11-24."))
    zone = StringField("Their time zone", validators=[Length(max=64, message="Use at most 64 characters.")])


class SettleForm(FlaskForm):  # type: ignore[misc]
    """What became of a promise."""

    state = SelectField(
        "What became of it",
        choices=[*pairs([("", "Choose one")]), *listed(SETTLED)],
        validators=[InputRequired("Give a new date, or choose “Answer given”.")],
    )
    answer = TextAreaField("What they were told", validators=[Length(max=LONGEST, message=LONG)])
    channel = SelectField("How", choices=listed(labels.CHANNELS), default="phone")
    due_on = _date("New date")

    def validate_answer(self, field: Any) -> None:
        """No promise is kept without the answer that was given, and none is moved without telling them."""
        if (field.data or "").strip():
            return
        if self.state.data == PromiseState.KEPT:
            raise ValidationError("Say in a line what the answer was.")
        if self.state.data == PromiseState.RENEWED:
            raise ValidationError("Say in a line what you told them about the new date.")


class ConcernForm(FlaskForm):  # type: ignore[misc]
    """Why a finalist might say no, and who answers it."""

    kind = SelectField("About", choices=listed(labels.CONCERNS))
    text = TextAreaField(
        "What the concern is",
        validators=[InputRequired("Say in a line what the concern is."), Length(max=LONGEST, message=LONG)],
    )
    owner = SelectField("Who answers it", validators=[Optional()])


class ConcernChangeForm(FlaskForm):  # type: ignore[misc]
    """How a concern is answered. `version` is the one that was read."""

    version = HiddenField()
    state = SelectField("State", choices=listed(labels.CONCERN_STATES))
    answer = TextAreaField("Answer", validators=[Length(max=LONGEST, message=LONG)])
    owner = SelectField("Who answers it", validators=[Optional()])


class CompetingForm(FlaskForm):  # type: ignore[misc]
    """Another employer's process, as the candidate volunteered it."""

    employer = StringField("Employer", validators=[Length(max=200, message="Use at most 200 characters.")])
    stage = StringField(
        "How far it is",
        validators=[
            InputRequired("Say how far the other process is, like “final round” or “offer”."),
            Length(max=120, message="Use at most 120 characters."),
        ],
    )
    source = SelectField("How surely it is known", choices=listed(labels.SOURCES), default="unverified")
    decision_on = _date("They decide by")
    amount = StringField("Base they offer")
    currency = StringField("Currency")
    disclosed_on = _date("Told on")

    def money(self) -> Money | None:
        """The amount where one was typed. Raises ValueError with a sentence."""
        typed = (self.amount.data or "").strip() if "amount" in self else ""
        if not typed:
            return None
        code = (self.currency.data or "").strip().upper()
        if not money.is_currency(code):
            raise ValueError("Enter the currency by its three letters, like EUR.")
        parsed_amount = money.parse(typed, currency=code)
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


class ReadinessForm(FlaskForm):  # type: ignore[misc]
    """What a finalist answered; what is left open stays as it was."""

    interested = SelectField("Still interested", choices=YES_NO, default="")
    available_from = _date("Available from")
    expectation_within_band = SelectField("Expected pay is within the band", choices=YES_NO, default="")
    references_done_on = _date("References done on")

    def value(self) -> ReadinessAnswers:
        """The answers."""
        return ReadinessAnswers(
            interested=said_yes(self.interested),
            available_from=self.available_from.data,
            expectation_within_band=said_yes(self.expectation_within_band),
            references_done_on=self.references_done_on.data,
        )


class PromoteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Why and when the first choice was lost, and who comes next."""

    reason = SelectField("Reason", validators=[Optional()])
    own_words = TextAreaField(
        "In your own words", validators=[Length(max=2000, message="Use at most 2,000 characters.")]
    )
    phase = RadioField(
        "How far they had come",
        choices=listed(labels.PHASES),
        validators=[InputRequired("Open this page again: it did not say how far they had come.")],
    )
    fell_through_at = DateTimeLocalField("When they were lost", format=MINUTES, validators=[Optional(), century])
    application_id = RadioField("Who is promoted", validators=[InputRequired("Choose who is promoted.")])

    def lost_at(self, zone: ZoneInfo) -> dt.datetime | None:
        """When it was, in the zone of the company; None stands for what the record has."""
        local_time: dt.datetime | None = self.fell_through_at.data
        return local_time.replace(tzinfo=zone) if local_time else None

    def reason_given(self) -> str:
        """The words where there are some, else the code of the list."""
        return (self.own_words.data or "").strip() or (
            "" if self.reason.data == "other" else str(self.reason.data or "")
        )


def said_yes(field: Any) -> bool | None:
    """A choice of yes, no or nothing."""
    answers: dict[str, bool] = {"yes": True, "no": False}
    return answers.get(str(field.data))


def own(form: Any, people: Sequence[User]) -> Any:
    """A form that names an owner, with the people who may be one."""
    form.owner.choices = pairs([("", "Nobody yet"), *((str(person.id), person.name) for person in people)])
    return form


def owner_of(form: Any, people: Sequence[User]) -> User | None:
    """Who was chosen."""
    return next((person for person in people if str(person.id) == form.owner.data), None)
