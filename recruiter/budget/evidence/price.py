"""What an empty seat costs, by assumptions that stand in sight and can be changed."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.budget.evidence.history import Past
from recruiter.budget.evidence.shapes import DAYS_OF_YEAR, Ground, quotient

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
}
LARGEST: dict[str, int] = {"days": 3650, "empty": 1000, "search": 500}


@dataclass(frozen=True)
class Assumption:
    """One assumption: its value, and whether it came from history, from the writer or from nowhere better."""

    name: str
    value: int
    origin: str


@dataclass(frozen=True)
class Price:
    """What losing the candidate costs at one level, in minor units: days x cost of a day, and the search."""

    level: str
    days: int
    a_day: int
    search: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.days * self.a_day + self.search


def largest(name: str) -> int:
    """The largest value that an assumption may take: days, or percent."""
    return LARGEST[name.partition("_")[0]]


def assumptions(texts: dict[str, str], past: Past) -> dict[str, Assumption]:
    """Every assumption: the writer's own word first, then own history of at least 5 seats, then a plain guess that is named as one."""
    history = {"days_low": past.quarter, "days_middle": past.half, "days_high": past.three_quarters}
    out = {}
    for name, guess in DEFAULTS.items():
        written, known = texts.get(PREFIX + name), history.get(name)
        if written is not None:
            out[name] = Assumption(name, int(written), "set by the writer")
        elif known is not None:
            out[name] = Assumption(name, known, f"own history, n = {past.n}")
        else:
            out[name] = Assumption(name, guess, "assumed")
    return out


def prices(ground: Ground, found: dict[str, Assumption]) -> list[Price]:
    """Low, middle and high.

    A day of the empty seat costs a share (percent) of a day's pay at the midpoint, a year's pay / 365; a new search costs a
    share of a year's pay at the midpoint.
    """
    yearly = ground.middle.amount * ground.periods
    return [
        Price(
            level,
            found[f"days_{level}"].value,
            quotient(yearly * found[f"empty_seat_{level}"].value, 100 * DAYS_OF_YEAR),
            quotient(yearly * found[f"search_{level}"].value, 100),
        )
        for level in LEVELS
    ]
