"""Amounts of other currencies: turned into that of the case by a rate with its date and source for each, else they stand apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from recruiter.budget import writer_facts
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Market, iso, on, quotient
from recruiter.foundation.money import Money, exponent


@dataclass(frozen=True)
class Rate:
    """How much of the case's currency one of another is, as somebody published it on a day."""

    currency: str
    to: str
    told: str
    on: dt.date
    source: str

    def turned(self, money: Money) -> Money:
        """An amount in the currency of the case, rounded half up to its minor unit."""
        size = Fraction(10) ** (exponent(self.to) - exponent(self.currency))
        return _rounded(money.amount * Fraction(self.told) * size, self.to)

    def back(self, money: Money) -> Money:
        """An amount of the case in the other currency, rounded half up to its minor unit."""
        size = Fraction(10) ** (exponent(self.currency) - exponent(self.to))
        return _rounded(money.amount / Fraction(self.told) * size, self.currency)

    @property
    def said(self) -> str:
        """The rate in words, with its date and source."""
        return f"1 {self.currency} = {self.told} {self.to} on {on(self.on)} ({self.source})"

    @property
    def label(self) -> str:
        """What its figure is called."""
        return f"Rate, {self.to} for 1 {self.currency}"


def _rounded(exact: Fraction, currency: str) -> Money:
    return Money(quotient(exact.numerator, exact.denominator), currency)


def _parts(texts: dict[str, str], number: int) -> dict[str, str]:
    return {end: writer_facts.told(texts, writer_facts.head_of_rate(number) + end) for end in writer_facts.RATE_PARTS}


def rates_of(ground: Ground) -> list[Rate]:
    """The rates of a case, one for a currency; where currency, rate, date or source is missing there is none: half a rate is none."""
    found: dict[str, Rate] = {}
    for number in writer_facts.RATES:
        told = _parts(ground.case.texts, number)
        code = told["_currency"]
        if all(told.values()) and code != ground.case.currency and code not in found:
            day = dt.date.fromisoformat(told["_on"])
            found[code] = Rate(code, ground.case.currency, told[""], day, told["_source"])
    return list(found.values())


def rate_for(ground: Ground, currency: str) -> Rate | None:
    """The rate for a currency; None where the case has none."""
    return next((one for one in rates_of(ground) if one.currency == currency), None)


def foreign(ground: Ground) -> list[str]:
    """The other currencies in which this case has amounts: of the offer, of competing offers, of the budget."""
    found = [ground.offer.currency] if ground.offer.bonus or ground.offer.sign_on else []
    if ground.options.market == Market.SHOWN:
        mine = (one for one in record.processes(ground) if one.application_id == ground.application.id)
        found += [one.currency for one in mine if one.currency and one.offer_amount is not None]
    budget = writer_facts.told(ground.case.texts, "budget_currency")
    found += [budget] if budget else []
    return [one for one in dict.fromkeys(found) if one != ground.case.currency]


def turned(ground: Ground, money: Money) -> Money | None:
    """An amount in the currency of the case; None where it is in another and the case has no rate for it."""
    if money.currency == ground.case.currency:
        return money
    rate = rate_for(ground, money.currency)
    return rate.turned(money) if rate is not None else None


def apart(currency: str, texts: dict[str, str]) -> str:
    """Why amounts of a currency stand in no sum."""
    told = _begun(currency, texts)
    lacking = [writer_facts.RATE_PARTS[part] for part in writer_facts.RATE_PARTS if told and not told[part]]
    half = f" (the {' and the '.join(lacking)} of the rate is missing)" if lacking else ""
    return f"Amounts in {currency} stand apart and in no sum: this case has no rate for them with its date and source{half}."


def _begun(currency: str, texts: dict[str, str]) -> dict[str, str]:
    """The rate for a currency as far as it was told; else one that names no currency yet; nothing where none was begun."""
    all_of = [_parts(texts, number) for number in writer_facts.RATES]
    named = [one for one in all_of if one["_currency"] == currency]
    nameless = [one for one in all_of if not one["_currency"] and any(one.values())]
    return next(iter([*named, *nameless]), {})


def claims(ground: Ground) -> tuple[list[Evidence], list[Figure]]:
    """Each rate as a claim and as a figure; nothing where there is none."""
    by = ground.case.requested_by.name
    told, figures = [], []
    for rate in rates_of(ground):
        words = f"Amounts in {rate.currency} are turned into {rate.to} at {rate.said}."
        told.append(Evidence(words, rate.source, by=by, at=iso(rate.on)))
        figures.append(Figure(rate.label, float(rate.told), "rate"))
    return told, figures


def beside(ground: Ground, money: Money) -> str:
    """What to say after an amount of another currency: what it is in that of the case; nothing where that is not known."""
    found = turned(ground, money)
    return f" ({said(found)} at the rate of this case)" if found is not None and found != money else ""


def of_the_budget(ground: Ground, first: Money, after: Money) -> tuple[str, list[Figure]]:
    """What the request costs more in the currency of the budget, where that is another: in words and as figures, or that no rate is known."""
    code = writer_facts.told(ground.case.texts, "budget_currency")
    if not code or code == ground.case.currency:
        return "", []
    rate = rate_for(ground, code)
    if rate is None:
        return f" The budget is in {code}. {apart(code, ground.case.texts)}", []
    there = [rate.back(one) for one in (first, after)]
    words = f" In {code}, the currency of the budget, that is {said(there[0])} in the first year and {said(there[1])} each year after."
    labels = ("First year, all in, difference", "Run rate each year, difference")
    return words, [Figure(f"{label}, in {code}", one.amount, code) for label, one in zip(labels, there, strict=True)]
