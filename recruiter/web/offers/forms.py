"""Forms of an offer: its terms in major units, an approver's word, and why it ended."""

from __future__ import annotations

from typing import cast

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Optional, ValidationError

from recruiter.foundation import amount_parser, money, wording
from recruiter.foundation.money import Money
from recruiter.offers.models import APPROVER_DECISIONS, ApprovalDecision
from recruiter.offers.rules import Terms
from recruiter.pipeline import reasons
from recruiter.requisitions.models import Band
from recruiter.web.request import date_fields
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.text_fields import TextRequired, long_text, text, typed_text

A_BASE = "Enter the base salary as a number, like 204,000."
LONGEST = 2000


def readable_amount(form: TermsForm, field: Field) -> None:
    """An amount that can be read."""
    try:
        form.amount(field.short_name)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class StepForm(FlaskForm):
    """A step that needs no words. `version` is the one that was read."""

    version = HiddenField()


class TermsForm(StepForm):
    """The terms of an offer. The currency is asked for where no band sets it."""

    currency = StringField("Currency", default="EUR")
    base = StringField("Base", validators=[TextRequired(A_BASE), readable_amount])
    bonus = StringField("Bonus", validators=[readable_amount])
    sign_on = StringField("Sign-on", validators=[readable_amount])
    equity = text("Equity", longest=500)
    start_on = date_fields.day("Start")
    expires_on = date_fields.day("Expires")
    fixed: str = ""

    def code(self) -> str:
        """The currency of the terms."""
        return self.fixed or typed_text(self.currency).upper()

    def amount(self, name: str) -> Money | None:
        """An amount as it was typed. Raises ValueError with a sentence."""
        amount = typed_text(self[name])
        return amount_parser.parse(amount, currency=self.code()) if amount and money.is_currency(self.code()) else None

    def validate_currency(self, field: Field) -> None:  # noqa: ARG002  # WTForms hands the field
        """A currency that there is."""
        if not money.is_currency(self.code()):
            raise ValidationError("Enter the currency by its three letters, like EUR.")

    def terms(self) -> Terms:
        """The terms as a value, once the form is valid."""
        return Terms(
            base=cast("Money", self.amount("base")),
            bonus=self.amount("bonus"),
            sign_on=self.amount("sign_on"),
            equity=typed_text(self.equity),
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


def form_data(terms: Terms, *, version: int | None = None) -> dict[str, object]:
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


A_DECISION = "Choose approve, ask or refuse."
SENTENCES_NEEDED = {
    ApprovalDecision.REFUSED.value: "Say why you refuse, so that the offer can be put right.",
    ApprovalDecision.QUESTION.value: "Write your question.",
}


class DecisionForm(StepForm):
    """An approver's word; `terms_version` is the label of the terms that the page showed."""

    terms_version = HiddenField()
    decision = HiddenField(validators=[InputRequired(A_DECISION), AnyOf(APPROVER_DECISIONS, message=A_DECISION)])
    comment = long_text("Comment", longest=LONGEST)

    def validate_comment(self, field: Field) -> None:
        """A refusal says why, a question what."""
        if self.decision.data in SENTENCES_NEEDED and not typed_text(field):
            raise ValidationError(SENTENCES_NEEDED[self.decision.data])


class AnswerForm(StepForm):
    """What an approver is answered."""

    answer = long_text("Your answer", required="Write your answer.", longest=LONGEST)


class AgainForm(StepForm):
    """Until when the same terms stand now, and why the application is opened again where it had ended with them."""

    expires_on = date_fields.day("Expires", required="Enter the day until which they can answer now, like 2026-11-24.")
    start_on = date_fields.day("Start")
    reason = long_text("Why the application is opened again", longest=LONGEST)


class EndForm(StepForm):
    """Why an offer ends: an entry of the list, or one's own words."""

    reason = SelectField("Reason", validators=[Optional()], default="")
    own_words = long_text("In your own words", longest=LONGEST)

    def reason_text(self) -> str:
        """The words where there are some, else the code of the list."""
        listed = "" if self.reason.data in {None, "", "other"} else str(self.reason.data)
        return typed_text(self.own_words) or listed


def end_form(kind: str, **given: object) -> EndForm:
    """The form with the reasons of a kind."""
    form = EndForm(**given)
    form.reason.choices = pairs(
        [("", "Choose one"), *((reason.code, reason.label) for reason in reasons.of_kind(kind))]
    )
    return form
