"""Forms of approval chains and of stand-ins."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, FieldList, Form, FormField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from recruiter.accounts.models import User
from recruiter.foundation import money, text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money
from recruiter.offers.approval.chain_services import ChainTerms, GroupTerms
from recruiter.offers.models import ApprovalChain
from recruiter.web.offers.forms import century, typed

SLOTS, SPARE = 9, 2


class GroupForm(Form):
    """One group of a step; a group without a name is left out."""

    step = StringField("Step", validators=[Length(max=3)], render_kw={"inputmode": "numeric"})
    name = StringField("Group", validators=[Length(max=200)])
    needed = StringField("How many must approve", validators=[Length(max=3)], render_kw={"inputmode": "numeric"})
    members = SelectMultipleField(
        "People",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class ChainForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A chain: when it holds, and its groups in steps."""

    name = StringField("Name of the chain", validators=[InputRequired("Give the chain a name."), Length(max=80)])
    for_offers = BooleanField("Offers")
    for_cases = BooleanField("Budget cases")
    from_percent = StringField("From an excess of, in per cent", validators=[Length(max=10)], render_kw={"inputmode": "decimal"})  # fmt: skip
    from_amount = StringField("Or from an amount", validators=[Length(max=40)], render_kw={"inputmode": "decimal"})
    currency = StringField("Currency of the amount", validators=[Length(max=3)])
    answer_days = StringField("Working days to answer", validators=[Length(max=3)], render_kw={"inputmode": "numeric"})
    groups = FieldList(FormField(GroupForm), max_entries=SLOTS)

    def terms(self) -> ChainTerms:
        """The chain as a value. Raises RuleBroken at the field."""
        groups = [
            GroupTerms(
                _whole(one.form.step.data, "groups", f"{one.form.name.data}: enter the step as a number, like 1."),
                one.form.name.data or "",
                _whole(one.form.needed.data, "groups", f"{one.form.name.data}: enter how many must approve, like 1."),
                tuple(one.form.members.data or ()),
            )
            for one in self.groups
            if (one.form.name.data or "").strip()
        ]
        days = _whole(self.answer_days.data, "answer_days", "Enter the working days as a number, like 2.")
        return ChainTerms(
            name=self.name.data or "",
            for_offers=bool(self.for_offers.data),
            for_cases=bool(self.for_cases.data),
            groups=tuple(groups),
            answer_days=days,
            from_percent=self._percent(),
            from_amount=self._amount(),
        )

    def _percent(self) -> int | None:
        words = (self.from_percent.data or "").strip().removesuffix("%").strip().replace(",", ".")
        if not words:
            return None
        try:
            value = Decimal(words) * 100
        except InvalidOperation:
            raise RuleBroken.at("from_percent", "Enter a number, like 5 or 7.5.") from None
        if not value.is_finite() or value != value.to_integral_value():
            raise RuleBroken.at("from_percent", "Enter a number with at most two decimals, like 7.5.")
        return int(value)

    def _amount(self) -> Money | None:
        words, code = (self.from_amount.data or "").strip(), (self.currency.data or "").strip().upper()
        if not words:
            return None
        if not money.is_currency(code):
            raise RuleBroken.at("currency", "Enter the currency by its three letters, like EUR.")
        try:
            return money.parse(words, currency=code)
        except ValueError as error:
            raise RuleBroken.at("from_amount", str(error)) from None


def _whole(words: str | None, field: str, told: str) -> int:
    said = text.number((words or "").strip())
    if said is None:
        raise RuleBroken.at(field, told)
    return said


def chain_form(people: Sequence[User], *, chain: ApprovalChain | None = None, fresh: bool = False) -> ChainForm:
    """The form of a chain: as it was sent, or with `fresh` as the chain stands, with empty groups to add."""
    form = ChainForm(formdata=None, data=_start(chain)) if fresh else ChainForm()
    while fresh and len(form.groups) < min(len(chain.groups) + SPARE if chain else 3, SLOTS):
        form.groups.append_entry({"step": str(_next_step(chain)) if len(form.groups) == 0 else "", "needed": ""})
    for one in form.groups:
        one.form.members.choices = [SelectChoice(person.id, person.name) for person in people]
    return form


def _next_step(chain: ApprovalChain | None) -> int:
    return max((one.step for one in chain.groups), default=0) + 1 if chain else 1


def _start(chain: ApprovalChain | None) -> dict[str, Any]:
    if chain is None:
        return {"for_offers": True, "for_cases": True, "answer_days": "2", "currency": "EUR", "groups": []}
    amount = Money(chain.from_amount, chain.currency) if chain.from_amount is not None and chain.currency else None
    percent = "" if chain.from_percent is None else f"{Decimal(chain.from_percent) / 100:f}"
    return {
        "name": chain.name,
        "for_offers": chain.for_offers,
        "for_cases": chain.for_cases,
        "from_percent": percent,
        "from_amount": typed(amount),
        "currency": chain.currency or "",
        "answer_days": str(chain.answer_days),
        "groups": [
            {
                "step": str(one.step),
                "name": one.name,
                "needed": str(one.needed),
                "members": [seat.user_id for seat in one.seats],
            }
            for one in chain.groups
        ],
    }


class StandInForm(FlaskForm):  # type: ignore[misc]
    """Who answers in whose place, and when."""

    user = SelectField("Who is away", coerce=int)
    deputy = SelectField("Who answers instead", coerce=int)
    from_on = DateField("First day", validators=[InputRequired("Enter the first day."), century])
    until_on = DateField("Last day", validators=[InputRequired("Enter the last day."), century])


def stand_in_form(people: Sequence[User], *, own: User | None) -> StandInForm:
    """The form of a stand-in; with `own` for that approver alone."""
    form = StandInForm()
    away = [own] if own else list(people)
    form.user.choices = [SelectChoice(one.id, one.name) for one in away]
    form.deputy.choices = [SelectChoice(one.id, one.name) for one in people if own is None or one.id != own.id]
    return form
