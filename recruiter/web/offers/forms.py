"""Forms of an offer: its terms in major units, an approver's word, and why it ended."""

from __future__ import annotations

from typing import Any, cast

import wtforms.fields.choices
from flask_wtf import FlaskForm
from wtforms import DateField, Field, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from recruiter.foundation import money, wording
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money
from recruiter.offers.models import APPROVER_DECISIONS, ApprovalDecision
from recruiter.offers.rules import Terms
from recruiter.pipeline import reasons
from recruiter.requisitions.models import Band

EARLIEST, LATEST = 2000, 2099
LONG = "Use at most 2,000 characters."


def in_this_century(form: Form, field: Field) -> None:  # noqa: ARG001  # WTForms hands both
    """A year that a calendar on the wall could have."""
    if field.data is not None and not EARLIEST <= field.data.year <= LATEST:
        raise ValidationError("Enter a date of this century, like 2026-11-24.")


class StepForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A step that needs no words. `version` is the one that was read."""

    version = HiddenField()


class TermsForm(StepForm):
    """The terms of an offer. The currency is asked for where no band sets it."""

    currency = StringField("Currency", default="EUR")
    base = StringField("Base", validators=[InputRequired("Enter the base salary as a number, like 204,000.")])
    bonus = StringField("Bonus", validators=[Optional()])
    sign_on = StringField("Sign-on", validators=[Optional()])
    equity = StringField("Equity", validators=[Length(max=500, message="Use at most 500 characters.")])
    start_on = DateField("Start", validators=[Optional(), in_this_century])
    expires_on = DateField("Expires", validators=[Optional(), in_this_century])
    fixed: str = ""

    def code(self) -> str:
        """The currency of the terms."""
        return self.fixed or (self.currency.data or "").strip().upper()

    def amount(self, name: str) -> Money | None:
        """An amount as it was typed. Raises ValueError with a sentence."""
        typed_text = (self[name].data or "").strip()
        return money.parse(typed_text, currency=self.code()) if typed_text and money.is_currency(self.code()) else None

    def _check(self, field: Field) -> None:
        try:
            self.amount(field.short_name)
        except ValueError as error:
            message = "Enter the base salary as a number, like 204,000." if field.short_name == "base" else str(error)
            raise ValidationError(message) from None

    def validate_currency(self, field: Field) -> None:  # noqa: ARG002  # WTForms hands the field
        """A currency that there is."""
        if not money.is_currency(self.code()):
            raise ValidationError("Enter the currency by its three letters, like EUR.")

    def validate_base(self, field: Field) -> None:
        """A base that can be read."""
        self._check(field)

    def validate_bonus(self, field: Field) -> None:
        """A bonus that can be read."""
        self._check(field)

    def validate_sign_on(self, field: Field) -> None:
        """A sign-on that can be read."""
        self._check(field)

    def terms(self) -> Terms:
        """The terms as a value, once the form is valid."""
        return Terms(
            base=cast("Money", self.amount("base")),
            bonus=self.amount("bonus"),
            sign_on=self.amount("sign_on"),
            equity=(self.equity.data or "").strip(),
            start_on=self.start_on.data,
            expires_on=self.expires_on.data,
        )


def terms_form(band: Band | None, **given: object) -> TermsForm:
    """The form of terms; where the band sets the currency, that is not asked."""
    form = TermsForm(**given)
    if band is not None:
        form.fixed = band.currency
        del form.currency
    return form


def form_data(terms: Terms, *, version: int | None = None) -> JsonObject:
    """What a form of terms starts from."""
    return {
        "version": "" if version is None else str(version),
        "currency": terms.base.currency,
        "base": wording.typed_amount(terms.base),
        "bonus": wording.typed_amount(terms.bonus),
        "sign_on": wording.typed_amount(terms.sign_on),
        "equity": terms.equity,
        "start_on": terms.start_on,
        "expires_on": terms.expires_on,
    }


class DecisionForm(StepForm):
    """An approver's word."""

    decision = HiddenField(validators=[InputRequired("Choose approve, ask or refuse.")])
    comment = TextAreaField("Comment", validators=[Length(max=2000, message=LONG)])

    def validate_decision(self, field: Field) -> None:
        """One of the two."""
        if field.data not in {decision.value for decision in APPROVER_DECISIONS}:
            raise ValidationError("Choose approve, ask or refuse.")

    def validate_comment(self, field: Field) -> None:
        """A refusal says why."""
        if self.decision.data == ApprovalDecision.REFUSED.value and not (field.data or "").strip():
            raise ValidationError("Say why you refuse, so that the offer can be put right.")
        if self.decision.data == ApprovalDecision.QUESTION.value and not (field.data or "").strip():
            raise ValidationError("Write your question.")


class AnswerForm(StepForm):
    """What an approver is answered."""

    answer = TextAreaField(
        "Your answer", validators=[InputRequired("Write your answer."), Length(max=2000, message=LONG)]
    )


class AgainForm(StepForm):
    """Until when the same terms stand now, and why the application is opened again where it had ended with them."""

    expires_on = DateField(
        "Expires",
        validators=[InputRequired("Enter the day until which they can answer now, like 2026-11-24."), in_this_century],
    )
    start_on = DateField("Start", validators=[Optional(), in_this_century])
    reason = TextAreaField("Why the application is opened again", validators=[Length(max=2000, message=LONG)])


class EndForm(StepForm):
    """Why an offer ends: an entry of the list, or one's own words."""

    reason = SelectField("Reason", validators=[Optional()], default="")
    own_words = TextAreaField("In your own words", validators=[Length(max=2000, message=LONG)])

    def reason_text(self) -> str:
        """The words where there are some, else the code of the list."""
        listed = "" if self.reason.data in {None, "", "other"} else str(self.reason.data)
        return (self.own_words.data or "").strip() or listed


def end_form(kind: str, **given: object) -> EndForm:
    """The form with the reasons of a kind."""
    form = EndForm(**given)
    choices: Any = wtforms.fields.choices  # the stubs do not know its choices
    options = [("", "Choose one"), *((reason.code, reason.label) for reason in reasons.of_kind(kind))]
    form.reason.choices = [choices.SelectChoice(value, text) for value, text in options]
    return form
