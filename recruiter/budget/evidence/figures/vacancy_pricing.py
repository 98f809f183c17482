"""What an empty seat costs, by assumptions that stand in sight and can be changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import compensation_package, hiring_history, record
from recruiter.budget.evidence.figures.hiring_history import HiringHistory
from recruiter.budget.evidence.figures.vacancy_assumptions import DEFAULTS, KINDS, LEVELS, PREFIX
from recruiter.budget.evidence.types import DAYS_OF_YEAR, CaseContext, once_a_case
from recruiter.foundation.money import quotient

PRICED_ONCE = "0, since milestones price the delay"
HOURS_OF_YEAR = 2080
DAYS_OF_WEEK = 7
MINUTES = 60


@dataclass(frozen=True)
class Assumption:
    """One assumption: its value, and whether it came from history, from the writer or from nowhere better."""

    name: str
    value: int
    origin: str


@dataclass(frozen=True)
class Milestone:
    """Work that slips with the seat: whose word it is, when it is due, what a week's delay costs in minor units."""

    what: str
    owner: str
    due: dt.date
    week: int

    def days_late(self, filled: dt.date) -> int:
        """Days late, where the seat is filled again on a day."""
        return max((filled - self.due).days, 0)


@dataclass(frozen=True)
class PricingBasis:
    """What prices stand on beside the assumptions: panel hours so far, on-cost in percent, milestones, and those that cannot be priced."""

    hours: float = 0.0
    on_cost: int = 0
    milestones: tuple[Milestone, ...] = ()
    unpriced: tuple[str, ...] = ()

    def delay_cost(self, filled: dt.date) -> int:
        """What all milestones cost where the seat is filled again on a day, each rounded half up to a minor unit."""
        return sum(
            quotient(milestone.week * milestone.days_late(filled), DAYS_OF_WEEK) for milestone in self.milestones
        )

    def delay_formula(self, days: str, digits: int) -> str:
        """What all milestones cost where the seat is filled after so many days (a formula); empty where there are none."""
        return "+".join(
            f"ROUND([price_of_a_week_late_milestone_{number}]*MAX({days}-[days_until_milestone_{number}_is_due],0)/7,{digits})"
            for number, _ in enumerate(self.milestones, start=1)
        )


NO_BASIS = PricingBasis()


@dataclass(frozen=True)
class VacancyCost:
    """What losing the candidate costs at one level, in minor units: days x cost of a day, outlays of the search, panels, delay."""

    level: str
    days: int
    a_day: int
    search: int
    panels: int
    delay: int

    @property
    def seat(self) -> int:
        """The empty seat over all its days."""
        return self.days * self.a_day

    @property
    def total(self) -> int:
        """All of it, each part once."""
        return self.seat + self.search + self.panels + self.delay


@dataclass(frozen=True)
class Pricing:
    """What losing the candidate costs, low, middle and high, with the history, the assumptions and the basis behind it."""

    past: HiringHistory
    assumptions: dict[str, Assumption]
    basis: PricingBasis
    levels: list[VacancyCost]

    @property
    def middle(self) -> VacancyCost:
        """The cost by the middle assumptions."""
        return self.levels[1]


def milestones_of(texts: dict[str, str]) -> tuple[tuple[Milestone, ...], tuple[str, ...]]:
    """The milestones that can be priced, and the names of those that lack an owner, a date or a price."""
    priced, unpriced = [], []
    for number in writer_facts.MILESTONES:
        prefix = f"milestone{number}"
        what, owner, due = (writer_facts.given(texts, prefix + part) for part in ("", "_owner", "_due"))
        week = writer_facts.whole_number(texts, f"{prefix}_week")
        if what and owner and due and week is not None:
            priced.append(Milestone(what, owner, dt.date.fromisoformat(due), week))
        elif what or owner or due or week is not None:
            unpriced.append(what or f"Milestone {number}")
    return tuple(priced), tuple(unpriced)


def assumptions(texts: dict[str, str], past: HiringHistory) -> dict[str, Assumption]:
    """Every assumption: the writer's own word first, then own history of at least 5 seats, then a plain guess that is named as one.

    The guess for the empty seat stands for the work that is not done, so it falls away where milestones price that work.
    """
    history_days = {"days_low": past.quarter, "days_middle": past.half, "days_high": past.three_quarters}
    delayed = bool(milestones_of(texts)[0])
    by_name = {}
    for name, assumed in DEFAULTS.items():
        written_value, from_history = texts.get(PREFIX + name), history_days.get(name)
        if written_value is not None:
            by_name[name] = Assumption(name, int(written_value), "set by the writer")
        elif from_history is not None:
            by_name[name] = Assumption(name, from_history, f"own history, n = {past.n}")
        elif delayed and name.startswith("empty_seat"):
            by_name[name] = Assumption(name, 0, PRICED_ONCE)
        else:
            by_name[name] = Assumption(name, assumed, "assumed")
    return by_name


def vacancy_costs(
    context: CaseContext, assumed: dict[str, Assumption], basis: PricingBasis = NO_BASIS
) -> list[VacancyCost]:
    """Low, middle and high.

    A day of the empty seat costs a share (percent) of a day's pay at the midpoint, a year's pay / 365; outlays for a new search
    a share of a year's pay; panels repeat a share of their hours so far, an hour at a year's pay with on-cost / 2,080.
    """
    yearly_pay, minutes = context.middle.amount * context.periods, round(basis.hours * MINUTES)
    loaded_pay = yearly_pay * (compensation_package.HUNDRED + basis.on_cost)

    def cost(level: str) -> VacancyCost:
        days, day_share, search_share, repeat = (assumed[f"{kind}_{level}"].value for kind in KINDS)
        return VacancyCost(
            level,
            days,
            a_day=quotient(yearly_pay * day_share, 100 * DAYS_OF_YEAR),
            search=quotient(yearly_pay * search_share, 100),
            panels=quotient(loaded_pay * minutes * repeat, 100 * 100 * MINUTES * HOURS_OF_YEAR),
            delay=basis.delay_cost(context.today + dt.timedelta(days=days)),
        )

    return [cost(level) for level in LEVELS]


@once_a_case
def pricing_of(context: CaseContext) -> Pricing:
    """What losing the candidate of a case costs, by own history and the numbers of its writer."""
    past = hiring_history.history_of(context)
    assumed = assumptions(context.case.texts, past)
    on_cost, _ = compensation_package.on_cost(context)
    _, hours = record.panel_effort(context)
    basis = PricingBasis(hours, on_cost, *milestones_of(context.case.texts))
    return Pricing(past, assumed, basis, vacancy_costs(context, assumed, basis))
