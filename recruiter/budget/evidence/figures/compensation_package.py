"""What a request costs: base, variable, sign-on, equity and employer on-cost, in the first year and each year, and where it lies in its band."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from recruiter.budget import writer_facts
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import exchange_rates
from recruiter.budget.evidence.types import Ground, quotient
from recruiter.foundation.money import Money

HUNDRED = 100
ON_COST = 20


@dataclass(frozen=True)
class Package:
    """One package in minor units; `base`, `variable` and `equity` are a year's, `on_cost` is percent of pay (not of equity)."""

    base: int
    variable: int
    sign_on: int
    equity: int
    on_cost: int

    @property
    def run_rate(self) -> int:
        """Each year: base, variable and equity, and the on-cost of base and variable."""
        return self.base + self.variable + self.equity + self.charged(self.base + self.variable)

    @property
    def first_year(self) -> int:
        """The first year: the run rate and the sign-on with its on-cost."""
        return self.run_rate + self.sign_on + self.charged(self.sign_on)

    def charged(self, pay: int) -> int:
        """The employer's on-cost of an amount of pay, rounded half up to a minor unit."""
        return quotient(pay * self.on_cost, HUNDRED)


def on_cost(ground: Ground) -> tuple[int, str]:
    """The on-cost in percent and where it comes from: the writer, a setting of the company, else a guess that is named as one."""
    told = writer_facts.whole(ground.case.texts, "on_cost")
    if told is not None:
        return told, "set by the writer"
    if ground.options.on_cost is not None:
        return ground.options.on_cost, "setting of this company"
    return ON_COST, "assumed"


def asked(ground: Ground) -> Package:
    """The package as asked for; the bonus of the offer is its target variable pay of a year.

    Amounts of another currency are in it at the rate of the case, and without a rate not at all.
    """
    offer = ground.offer
    percent, _ = on_cost(ground)
    found = [exchange_rates.turned(ground, Money(one or 0, offer.currency)) for one in (offer.bonus, offer.sign_on)]
    variable, sign_on = (one.amount if one is not None else 0 for one in found)
    equity = writer_facts.whole(ground.case.texts, "equity_year") or 0
    return Package(ground.ask.amount * ground.periods, variable, sign_on, equity, percent)


def approved(ground: Ground) -> Package:
    """The package within the approval there is: the top of the band with the same variable pay and equity, nothing once."""
    whole = asked(ground)
    return Package(ground.band.max * ground.periods, whole.variable, 0, whole.equity, whole.on_cost)


def excess_each_year(ground: Ground) -> int:
    """What the request costs each year above the top of the band, with the on-cost of it; minor units."""
    percent, _ = on_cost(ground)
    yearly = ground.excess.amount * ground.periods
    return yearly + quotient(yearly * percent, HUNDRED)


def compa_ratio(ground: Ground) -> Fraction:
    """The request as a ratio of the midpoint of the band."""
    return Fraction(ground.ask.amount, ground.middle.amount) if ground.middle.amount else Fraction(0)


def penetration(ground: Ground) -> Fraction | None:
    """How far into the band the request lies, 0 at its bottom and 1 at its top; None for a band of one amount."""
    width = ground.band.max - ground.band.min
    return Fraction(ground.ask.amount - ground.band.min, width) if width else None


def formulas(ground: Ground) -> list[str]:
    """Compa-ratio and range penetration with the formula and the numbers that went into it."""
    currency = ground.case.currency
    ask, middle = said(ground.ask), said(ground.middle)
    low, high = said(Money(ground.band.min, currency)), said(Money(ground.band.max, currency))
    out = []
    if ground.middle.amount:
        out.append(f"Compa-ratio = request / midpoint = {ask} / {middle} = {float(compa_ratio(ground)):.2f}.")
    share = penetration(ground)
    if share is not None:
        out.append(
            f"Range penetration = (request − minimum) / (maximum − minimum) = ({ask} − {low}) / ({high} − {low}) = {float(share):.2f}."  # noqa: RUF001  # a true minus sign
        )
    return out
