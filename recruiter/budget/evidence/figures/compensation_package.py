"""What a request costs: base, variable, sign-on, equity and employer on-cost, in the first year and each year, and where it lies in its band."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import exchange_rates
from recruiter.budget.evidence.types import CaseContext, once_a_case
from recruiter.foundation.money import Money, quotient

HUNDRED = 100
ASSUMED_ON_COST = 20


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
        return self.base + self.variable + self.equity + self.on_cost_of(self.base + self.variable)

    @property
    def first_year(self) -> int:
        """The first year: the run rate and the sign-on with its on-cost."""
        return self.run_rate + self.sign_on + self.on_cost_of(self.sign_on)

    def on_cost_of(self, pay: int) -> int:
        """The employer's on-cost of an amount of pay, rounded half up to a minor unit."""
        return quotient(pay * self.on_cost, HUNDRED)


def on_cost(context: CaseContext) -> tuple[int, str]:
    """The on-cost in percent and where it comes from: the writer, a setting of the company, else a guess that is named as one."""
    written_percent = writer_facts.whole_number(context.case.texts, "on_cost")
    if written_percent is not None:
        return written_percent, "set by the writer"
    if context.options.on_cost is not None:
        return context.options.on_cost, "setting of this company"
    return ASSUMED_ON_COST, "assumed"


@once_a_case
def requested_package(context: CaseContext) -> Package:
    """The package as asked for; the bonus of the offer is its target variable pay of a year.

    Amounts of another currency are in it at the rate of the case, and without a rate not at all.
    """
    offer = context.offer
    percent, _ = on_cost(context)
    amounts = [
        exchange_rates.converted(context, Money(amount or 0, offer.currency)) for amount in (offer.bonus, offer.sign_on)
    ]
    variable, sign_on = (amount.amount if amount is not None else 0 for amount in amounts)
    equity = writer_facts.whole_number(context.case.texts, "equity_year") or 0
    return Package(context.ask.amount * context.periods, variable, sign_on, equity, percent)


def band_top_package(context: CaseContext) -> Package:
    """The package within the approval there is: the top of the band with the same variable pay and equity, nothing once."""
    return replace(requested_package(context), base=context.band.max * context.periods, sign_on=0)


def yearly_excess(context: CaseContext) -> int:
    """What the base asked for is each year above the top of the band; minor units."""
    return context.excess.amount * context.periods


def with_on_cost(context: CaseContext, pay: int) -> int:
    """An amount of pay with the employer's on-cost of it, rounded half up to a minor unit."""
    return pay + requested_package(context).on_cost_of(pay)


def excess_each_year(context: CaseContext) -> int:
    """What the request costs each year above the top of the band, with the on-cost of it; minor units."""
    return with_on_cost(context, yearly_excess(context))


def compa_ratio(context: CaseContext) -> Fraction:
    """The request as a ratio of the midpoint of the band."""
    return Fraction(context.ask.amount, context.middle.amount) if context.middle.amount else Fraction(0)


def penetration(context: CaseContext) -> Fraction | None:
    """How far into the band the request lies, 0 at its bottom and 1 at its top; None for a band of one amount."""
    width = context.band.max - context.band.min
    return Fraction(context.ask.amount - context.band.min, width) if width else None


def formulas(context: CaseContext) -> list[str]:
    """Compa-ratio and range penetration with the formula and the numbers that went into it."""
    ask, middle, low, high = map(
        context.show, (context.ask.amount, context.middle.amount, context.band.min, context.band.max)
    )
    sentences = []
    if context.middle.amount:
        sentences.append(f"Compa-ratio = request / midpoint = {ask} / {middle} = {float(compa_ratio(context)):.2f}.")
    share = penetration(context)
    if share is not None:
        sentences.append(
            f"Range penetration = (request − minimum) / (maximum − minimum) = ({ask} − {low}) / ({high} − {low}) = {float(share):.2f}."  # noqa: RUF001  # a true minus sign
        )
    return sentences
