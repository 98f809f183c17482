"""Forms of approval chains and of stand-ins."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import CheckboxInput, ListWidget

from recruiter.accounts.models import User
from recruiter.foundation import text as numbers
from recruiter.foundation import wording
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money, is_currency
from recruiter.offers.approval.chain_services import ChainTerms, GroupTerms
from recruiter.offers.models import ApprovalChain
from recruiter.web.request import date_fields
from recruiter.web.request.number_fields import whole_number
from recruiter.web.request.text_fields import text, typed_text
from recruiter.web.request.typed_money import typed_money

MOST_GROUPS, EMPTY_GROUPS = 9, 2


class GroupForm(Form):
    """One group of a step; a group without a name is left out."""

    step = text("Step", longest=3, inputmode="numeric")
    name = text("Group", longest=200)
    needed = text("How many must approve", longest=3, inputmode="numeric")
    members = SelectMultipleField(
        "People",
        coerce=whole_number,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def terms(self) -> GroupTerms:
        """The group as a value. Raises RuleBroken at the groups of its chain."""
        name, at = self.name.data or "", "groups"
        step = _whole(self.step.data, at, f"{name}: enter the step as a number, like 1.")
        needed = _whole(self.needed.data, at, f"{name}: enter how many must approve, like 1.")
        return GroupTerms(step, name, needed, tuple(self.members.data or ()))


class ChainForm(FlaskForm):
    """A chain: when it holds, and its groups in steps."""

    name = text("Name of the chain", required="Give the chain a name.", longest=80)
    for_offers = BooleanField("Offers")
    for_cases = BooleanField("Budget cases")
    from_percent = text("From an excess of, in per cent", longest=10, inputmode="decimal")
    from_amount = text("Or from an amount", longest=40, inputmode="decimal")
    currency = text("Currency of the amount", longest=3)
    answer_days = text("Working days to answer", longest=3, inputmode="numeric")
    groups = FieldList(FormField(GroupForm), max_entries=MOST_GROUPS)

    def terms(self) -> ChainTerms:
        """The chain as a value. Raises RuleBroken at the field."""
        groups = [entry.form.terms() for entry in self.groups if typed_text(entry.form.name)]
        return ChainTerms(
            name=self.name.data or "",
            for_offers=bool(self.for_offers.data),
            for_cases=bool(self.for_cases.data),
            groups=tuple(groups),
            answer_days=_whole(self.answer_days.data, "answer_days", "Enter the working days as a number, like 2."),
            from_percent=self._percent(),
            from_amount=self._amount(),
        )

    def _percent(self) -> int | None:
        percent = typed_text(self.from_percent).removesuffix("%").strip().replace(",", ".")
        if not percent:
            return None
        try:
            value = Decimal(percent) * 100
        except InvalidOperation:
            raise RuleBroken.at("from_percent", "Enter a number, like 5 or 7.5.") from None
        if not value.is_finite() or value != value.to_integral_value():
            raise RuleBroken.at("from_percent", "Enter a number with at most two decimals, like 7.5.")
        return int(value)

    def _amount(self) -> Money | None:
        code = typed_text(self.currency).upper()
        if typed_text(self.from_amount) and not is_currency(code):
            raise RuleBroken.at("currency", "Enter the currency by its three letters, like EUR.")
        return typed_money(self.from_amount, code)


def _whole(typed_text: str | None, field: str, message: str) -> int:
    number = numbers.number((typed_text or "").strip())
    if number is None:
        raise RuleBroken.at(field, message)
    return number


def chain_form(people: Sequence[User], *, chain: ApprovalChain | None = None, fresh: bool = False) -> ChainForm:
    """The form of a chain: as it was sent, or with `fresh` as the chain stands, with empty groups to add."""
    form = ChainForm(formdata=None, data=_form_data(chain)) if fresh else ChainForm()
    while fresh and len(form.groups) < min(len(chain.groups) + EMPTY_GROUPS if chain else 3, MOST_GROUPS):
        form.groups.append_entry({"step": str(_next_step(chain)) if len(form.groups) == 0 else "", "needed": ""})
    for entry in form.groups:
        entry.form.members.choices = [SelectChoice(person.id, person.name) for person in people]
    return form


def _next_step(chain: ApprovalChain | None) -> int:
    return max((group.step for group in chain.groups), default=0) + 1 if chain else 1


def _form_data(chain: ApprovalChain | None) -> JsonObject:
    if chain is None:
        return {"for_offers": True, "for_cases": True, "answer_days": "2", "currency": "EUR", "groups": []}
    amount = Money(chain.from_amount, chain.currency) if chain.from_amount is not None and chain.currency else None
    percent = "" if chain.from_percent is None else f"{Decimal(chain.from_percent) / 100:f}"
    return {
        "name": chain.name,
        "for_offers": chain.for_offers,
        "for_cases": chain.for_cases,
        "from_percent": percent,
        "from_amount": wording.typed_amount(amount),
        "currency": chain.currency or "",
        "answer_days": str(chain.answer_days),
        "groups": [
            {
                "step": str(group.step),
                "name": group.name,
                "needed": str(group.needed),
                "members": [seat.user_id for seat in group.seats],
            }
            for group in chain.groups
        ],
    }


class StandInForm(FlaskForm):
    """Who answers in whose place, and when."""

    user = SelectField("Who is away", coerce=whole_number)
    deputy = SelectField("Who answers instead", coerce=whole_number)
    from_on = date_fields.day("First day", required="Enter the first day.")
    until_on = date_fields.day("Last day", required="Enter the last day.")


def stand_in_form(people: Sequence[User], *, own: User | None) -> StandInForm:
    """The form of a stand-in; with `own` for that approver alone."""
    form = StandInForm()
    absentees = [own] if own else list(people)
    form.user.choices = [SelectChoice(user.id, user.name) for user in absentees]
    form.deputy.choices = [SelectChoice(user.id, user.name) for user in people if own is None or user.id != own.id]
    return form
