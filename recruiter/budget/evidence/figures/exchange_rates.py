"""Amounts of other currencies: turned into that of the case by a rate with its date and source for each, else they stand apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from recruiter.budget import writer_facts
from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.types import CaseContext, Market, once_a_case
from recruiter.documents.model import Amount, Claim, key_of
from recruiter.foundation import wording
from recruiter.foundation.money import Money, exponent, quotient


@dataclass(frozen=True)
class Rate:
    """How much of the case's currency one of another is, as somebody published it on a day."""

    currency: str
    to: str
    quoted_rate: str
    on: dt.date
    source: str

    def convert(self, money: Money) -> Money:
        """An amount in the currency of the case, rounded half up to its minor unit."""
        return _in_currency(money, Fraction(self.quoted_rate), self.to)

    def convert_back(self, money: Money) -> Money:
        """An amount of the case in the other currency, rounded half up to its minor unit."""
        return _in_currency(money, 1 / Fraction(self.quoted_rate), self.currency)

    @property
    def sentence(self) -> str:
        """The rate in words, with its date and source."""
        return f"1 {self.currency} = {self.quoted_rate} {self.to} on {wording.paper_day(self.on)} ({self.source})"

    @property
    def label(self) -> str:
        """What its figure is called."""
        return label_of(self.to, self.currency)


def label_of(to: str, currency: str) -> str:
    """What the figure of a rate is called."""
    return f"Rate, {to} for 1 {currency}"


def _in_currency(money: Money, rate: Fraction, currency: str) -> Money:
    exact = money.amount * rate * Fraction(10) ** (exponent(currency) - exponent(money.currency))
    return Money(quotient(exact.numerator, exact.denominator), currency)


def _typed_rates(texts: dict[str, str]) -> list[dict[str, str]]:
    """Each rate as far as it was told, by its parts."""
    prefixes = [writer_facts.rate_prefix(number) for number in writer_facts.RATES]
    return [
        {suffix: writer_facts.given(texts, prefix + suffix) for suffix in writer_facts.RATE_PARTS}
        for prefix in prefixes
    ]


@once_a_case
def rates_of(context: CaseContext) -> dict[str, Rate]:
    """The rate of each other currency; where currency, rate, date or source is missing there is none: half a rate is none."""
    rates: dict[str, Rate] = {}
    for typed in _typed_rates(context.case.texts):
        currency = typed["_currency"]
        if all(typed.values()) and currency != context.case.currency and currency not in rates:
            day = dt.date.fromisoformat(typed["_on"])
            rates[currency] = Rate(currency, context.case.currency, typed[""], day, typed["_source"])
    return rates


def foreign_currencies(context: CaseContext) -> list[str]:
    """The other currencies in which this case has amounts: of the offer, of competing offers, of the budget."""
    currencies = [context.offer.currency] if context.offer.bonus or context.offer.sign_on else []
    if context.options.market == Market.SHOWN:
        processes = record.processes_of(context, context.application.id)
        currencies += [process.offered.currency for process in processes if process.offered]
    budget = writer_facts.given(context.case.texts, "budget_currency")
    currencies += [budget] if budget else []
    return [currency for currency in dict.fromkeys(currencies) if currency != context.case.currency]


def converted(context: CaseContext, money: Money) -> Money | None:
    """An amount in the currency of the case; None where it is in another and the case has no rate for it."""
    if money.currency == context.case.currency:
        return money
    rate = rates_of(context).get(money.currency)
    return rate.convert(money) if rate is not None else None


def not_summed_note(currency: str, texts: dict[str, str]) -> str:
    """Why amounts of a currency stand in no sum: its rate as far as it was told, else one that names no currency yet, lacks a part."""
    begun = [typed for typed in _typed_rates(texts) if any(typed.values()) and typed["_currency"] in {currency, ""}]
    typed = max(begun, key=lambda typed: bool(typed["_currency"]), default={})
    missing = [writer_facts.RATE_PARTS[part] for part, value in typed.items() if not value]
    gap = f" (the {' and the '.join(missing)} of the rate is missing)" if missing else ""
    return f"Amounts in {currency} stand apart and in no sum: this case has no rate for them with its date and source{gap}."


def claims(context: CaseContext) -> tuple[list[Claim], list[Amount]]:
    """Each rate as a claim and as a figure; nothing where there is none."""
    by, rates = context.case.requested_by.name, rates_of(context).values()
    evidence = [
        context.claim(
            f"Amounts in {rate.currency} are turned into {rate.to} at {rate.sentence}.", rate.source, by=by, at=rate.on
        )
        for rate in rates
    ]
    return evidence, [Amount(rate.label, float(rate.quoted_rate), "rate") for rate in rates]


def conversion_note(context: CaseContext, money: Money) -> str:
    """What to say after an amount of another currency: what it is in that of the case; nothing where that is not known."""
    amount = converted(context, money)
    if amount is None or amount == money:
        return ""
    return f" ({format_amount(amount)} at the rate of this case)"


def budget_currency_costs(context: CaseContext, first: Money, after: Money) -> tuple[str, list[Amount]]:
    """What the request costs more in the currency of the budget, where that is another: in words and as figures, or that no rate is known."""
    currency = writer_facts.given(context.case.texts, "budget_currency")
    if not currency or currency == context.case.currency:
        return "", []
    rate = rates_of(context).get(currency)
    if rate is None:
        return f" The budget is in {currency}. {not_summed_note(currency, context.case.texts)}", []
    first, after = rate.convert_back(first), rate.convert_back(after)
    sentence = f" In {currency}, the currency of the budget, that is {format_amount(first)} in the first year and {format_amount(after)} each year after."
    figures = []
    for label, amount in (("First year, all in, difference", first), ("Run rate each year, difference", after)):
        formula = f"ROUND([{key_of(label)}]/[{key_of(rate.label)}],{exponent(currency)})"
        figures.append(Amount(f"{label}, in {currency}", amount.amount, currency, formula=formula))
    return sentence, figures
