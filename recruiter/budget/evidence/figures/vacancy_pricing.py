"""What an empty seat costs, by assumptions that stand in sight and can be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import compensation_package
from recruiter.budget.evidence.figures.hiring_history import HiringHistory
from recruiter.budget.evidence.figures.vacancy_assumptions import DEFAULTS, PREFIX
from recruiter.budget.evidence.types import DAYS_OF_YEAR, CaseContext
from recruiter.foundation.money import quotient

LEVELS = ("low", "middle", "high")
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

    def slip(self, filled: dt.date) -> int:
        """Days late, where the seat is filled again on a day."""
        return max((filled - self.due).days, 0)

    def cost(self, filled: dt.date) -> int:
        """Price of the delay, rounded half up to a minor unit."""
        return quotient(self.week * self.slip(filled), DAYS_OF_WEEK)


@dataclass(frozen=True)
class PricingBasis:
    """What prices stand on beside the assumptions: person-hours of the panels so far, on-cost in percent, milestones."""

    hours: float = 0.0
    on_cost: int = 0
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class VacancyCost:
    """What losing the candidate costs at one level, in minor units: days x cost of a day, outlays of the search, panels, delay."""

    level: str
    days: int
    a_day: int
    search: int
    panels: int = 0
    delay: int = 0

    @property
    def seat(self) -> int:
        """The empty seat over all its days."""
        return self.days * self.a_day

    @property
    def total(self) -> int:
        """All of it, each part once."""
        return self.seat + self.search + self.panels + self.delay


def milestones_of(texts: dict[str, str]) -> tuple[tuple[Milestone, ...], list[str]]:
    """The milestones that can be priced, and the names of those that lack an owner, a date or a price."""
    priced, unpriced = [], []
    for number in writer_facts.MILESTONES:
        prefix = f"milestone{number}"
        what, owner = writer_facts.given(texts, prefix), writer_facts.given(texts, f"{prefix}_owner")
        due, week = writer_facts.given(texts, f"{prefix}_due"), writer_facts.whole_number(texts, f"{prefix}_week")
        if what and owner and due and week is not None:
            priced.append(Milestone(what, owner, dt.date.fromisoformat(due), week))
        elif what or owner or due or week is not None:
            unpriced.append(what or f"Milestone {number}")
    return tuple(priced), unpriced


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


def basis_of(context: CaseContext, past: HiringHistory) -> PricingBasis:
    """What the prices of a case stand on."""
    on_cost, _ = compensation_package.on_cost(context)
    return PricingBasis(past.hours, on_cost, milestones_of(context.case.texts)[0])


def delay_cost(milestones: Sequence[Milestone], filled: dt.date) -> int:
    """What all milestones cost where the seat is filled again on a day."""
    return sum(milestone.cost(filled) for milestone in milestones)


def delay_formula(basis: PricingBasis, days: str, digits: int) -> str:
    """What all milestones cost where the seat is filled after so many days (a formula); empty where there are none."""
    late = (
        f"ROUND([price_of_a_week_late_milestone_{number}]*MAX({days}-[days_until_milestone_{number}_is_due],0)/7,{digits})"
        for number, _ in enumerate(basis.milestones, start=1)
    )
    return "+".join(late)


def vacancy_costs(
    context: CaseContext, assumed: dict[str, Assumption], basis: PricingBasis | None = None
) -> list[VacancyCost]:
    """Low, middle and high.

    A day of the empty seat costs a share (percent) of a day's pay at the midpoint, a year's pay / 365; outlays for a new search
    a share of a year's pay; panels repeat a share of their hours so far, an hour at a year's pay with on-cost / 2,080.
    """
    pricing_basis = basis or PricingBasis()
    yearly_pay, today = context.middle.amount * context.periods, context.today
    minutes, loaded_pay = (
        round(pricing_basis.hours * MINUTES),
        yearly_pay * (compensation_package.HUNDRED + pricing_basis.on_cost),
    )
    levels = []
    for level in LEVELS:
        days = assumed[f"days_{level}"].value
        repeat = assumed[f"repeat_{level}"].value if f"repeat_{level}" in assumed else 0
        levels.append(
            VacancyCost(
                level,
                days,
                quotient(yearly_pay * assumed[f"empty_seat_{level}"].value, 100 * DAYS_OF_YEAR),
                quotient(yearly_pay * assumed[f"search_{level}"].value, 100),
                quotient(loaded_pay * minutes * repeat, 100 * 100 * MINUTES * HOURS_OF_YEAR),
                delay_cost(pricing_basis.milestones, today + dt.timedelta(days=days)),
            )
        )
    return levels
