"""Amounts of another currency: turned into that of the case by a rate with its date and source, else they stand apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from recruiter.budget import facts
from recruiter.budget.evidence import record
from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Market, iso, on, quotient
from recruiter.foundation.money import Money, exponent, show

PARTS = {"rate_currency": "currency", "rate": "rate", "rate_on": "date", "rate_source": "source"}


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
        exact = money.amount * Fraction(self.told) * size
        return Money(quotient(exact.numerator, exact.denominator), self.to)

    @property
    def said(self) -> str:
        """The rate in words, with its date and source."""
        return f"1 {self.currency} = {self.told} {self.to} on {on(self.on)} ({self.source})"

    @property
    def label(self) -> str:
        """What its figure is called."""
        return f"Rate, {self.to} for 1 {self.currency}"


def rate_of(ground: Ground) -> Rate | None:
    """The rate of a case; None where currency, rate, date or source is missing: half a rate is none."""
    found = {part: facts.told(ground.case.texts, part) for part in PARTS}
    if not all(found.values()) or found["rate_currency"] == ground.case.currency:
        return None
    day = dt.date.fromisoformat(found["rate_on"])
    return Rate(found["rate_currency"], ground.case.currency, found["rate"], day, found["rate_source"])


def foreign(ground: Ground) -> list[str]:
    """The other currencies in which this case has amounts."""
    found = [ground.offer.currency] if ground.offer.bonus or ground.offer.sign_on else []
    if ground.options.market == Market.SHOWN:
        mine = (one for one in record.processes(ground) if one.application_id == ground.application.id)
        found += [one.currency for one in mine if one.currency and one.offer_amount is not None]
    return [one for one in dict.fromkeys(found) if one != ground.case.currency]


def turned(ground: Ground, money: Money) -> Money | None:
    """An amount in the currency of the case; None where it is in another and the case has no rate for it."""
    if money.currency == ground.case.currency:
        return money
    rate = rate_of(ground)
    return rate.turned(money) if rate is not None and rate.currency == money.currency else None


def apart(currency: str, texts: dict[str, str]) -> str:
    """Why amounts of a currency stand in no sum."""
    told = [part for part in PARTS if facts.told(texts, part)]
    lacking = [PARTS[part] for part in PARTS if part not in told]
    half = f" (the {' and the '.join(lacking)} of the rate is missing)" if told and lacking else ""
    return f"Amounts in {currency} stand apart and in no sum: this case has no rate for them with its date and source{half}."


def claims(ground: Ground) -> tuple[list[Evidence], list[Figure]]:
    """The rate as a claim and as a figure; nothing where there is none."""
    rate = rate_of(ground)
    if rate is None:
        return [], []
    by = ground.case.requested_by.name
    told = Evidence(
        f"Amounts in {rate.currency} are turned into {rate.to} at {rate.said}.", rate.source, by=by, at=iso(rate.on)
    )
    return [told], [Figure(rate.label, float(rate.told), "rate")]


def beside(ground: Ground, money: Money) -> str:
    """What to say after an amount of another currency: what it is in that of the case; nothing where that is not known."""
    found = turned(ground, money)
    return f" ({show(found)} at the rate of this case)" if found is not None and found != money else ""
