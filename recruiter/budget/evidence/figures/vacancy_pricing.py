"""What an empty seat costs, by assumptions that stand in sight and can be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import compensation_package
from recruiter.budget.evidence.figures.hiring_history import Past
from recruiter.budget.evidence.types import DAYS_OF_YEAR, Ground, quotient

LEVELS = ("low", "middle", "high")
PREFIX = "assumption:"
DEFAULTS: dict[str, int] = {
    "days_low": 30,
    "days_middle": 60,
    "days_high": 90,
    "empty_seat_low": 50,
    "empty_seat_middle": 100,
    "empty_seat_high": 150,
    "search_low": 5,
    "search_middle": 10,
    "search_high": 20,
    "repeat_low": 50,
    "repeat_middle": 100,
    "repeat_high": 100,
}
LARGEST: dict[str, int] = {"days": 3650, "empty": 1000, "search": 500, "repeat": 300}
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
class Basis:
    """What prices stand on beside the assumptions: person-hours of the panels so far, on-cost in percent, milestones."""

    hours: float = 0.0
    on_cost: int = 0
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class Price:
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


def largest(name: str) -> int:
    """The largest value that an assumption may take: days, or percent."""
    return LARGEST[name.partition("_")[0]]


def milestones_of(texts: dict[str, str]) -> tuple[tuple[Milestone, ...], list[str]]:
    """The milestones that can be priced, and the names of those that lack an owner, a date or a price."""
    whole, lacking = [], []
    for number in writer_facts.MILESTONES:
        head = f"milestone{number}"
        what, owner = writer_facts.told(texts, head), writer_facts.told(texts, f"{head}_owner")
        due, week = writer_facts.told(texts, f"{head}_due"), writer_facts.whole(texts, f"{head}_week")
        if what and owner and due and week is not None:
            whole.append(Milestone(what, owner, dt.date.fromisoformat(due), week))
        elif what or owner or due or week is not None:
            lacking.append(what or f"Milestone {number}")
    return tuple(whole), lacking


def assumptions(texts: dict[str, str], past: Past) -> dict[str, Assumption]:
    """Every assumption: the writer's own word first, then own history of at least 5 seats, then a plain guess that is named as one.

    The guess for the empty seat stands for the work that is not done, so it falls away where milestones price that work.
    """
    history = {"days_low": past.quarter, "days_middle": past.half, "days_high": past.three_quarters}
    delayed = bool(milestones_of(texts)[0])
    out = {}
    for name, guess in DEFAULTS.items():
        written, known = texts.get(PREFIX + name), history.get(name)
        if written is not None:
            out[name] = Assumption(name, int(written), "set by the writer")
        elif known is not None:
            out[name] = Assumption(name, known, f"own history, n = {past.n}")
        elif delayed and name.startswith("empty_seat"):
            out[name] = Assumption(name, 0, PRICED_ONCE)
        else:
            out[name] = Assumption(name, guess, "assumed")
    return out


def basis_of(ground: Ground, past: Past) -> Basis:
    """What the prices of a case stand on."""
    charge, _ = compensation_package.on_cost(ground)
    return Basis(past.hours, charge, milestones_of(ground.case.texts)[0])


def delay(milestones: Sequence[Milestone], filled: dt.date) -> int:
    """What all milestones cost where the seat is filled again on a day."""
    return sum(one.cost(filled) for one in milestones)


def prices(ground: Ground, found: dict[str, Assumption], basis: Basis | None = None) -> list[Price]:
    """Low, middle and high.

    A day of the empty seat costs a share (percent) of a day's pay at the midpoint, a year's pay / 365; outlays for a new search
    a share of a year's pay; panels repeat a share of their hours so far, an hour at a year's pay with on-cost / 2,080.
    """
    stands = basis or Basis()
    yearly, today = ground.middle.amount * ground.periods, ground.now.date()
    minutes, loaded = round(stands.hours * MINUTES), yearly * (compensation_package.HUNDRED + stands.on_cost)
    out = []
    for level in LEVELS:
        days = found[f"days_{level}"].value
        repeat = found[f"repeat_{level}"].value if f"repeat_{level}" in found else 0
        out.append(
            Price(
                level,
                days,
                quotient(yearly * found[f"empty_seat_{level}"].value, 100 * DAYS_OF_YEAR),
                quotient(yearly * found[f"search_{level}"].value, 100),
                quotient(loaded * minutes * repeat, 100 * 100 * MINUTES * HOURS_OF_YEAR),
                delay(stands.milestones, today + dt.timedelta(days=days)),
            )
        )
    return out
