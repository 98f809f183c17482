"""The assumptions about an empty seat that a writer may change: what they are by default, and how large they may become."""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "assumption:"
LEVELS = ("low", "middle", "high")


@dataclass(frozen=True)
class AssumptionKind:
    """What is assumed three times, low, middle and high: the defaults, the largest value, how a sentence, a field and a figure say it."""

    name: str
    defaults: tuple[int, int, int]
    largest: int
    phrase: str
    field_label: str
    figure_label: str = ""


DAYS = AssumptionKind(
    "days", (30, 60, 90), 3650, "days until the seat is filled again: {}", "Days until the seat is filled again"
)
SHARES = (
    AssumptionKind(
        "empty_seat",
        (50, 100, 150),
        1000,
        "cost of a day of the empty seat: {} % of a day's pay at the midpoint",
        "Cover or lost work of a day of the empty seat, as % of daily pay",
        "A day of the empty seat, % of a day's pay",
    ),
    AssumptionKind(
        "search",
        (5, 10, 20),
        500,
        "outlays of a new search, beside the panels' hours: {} % of a year's pay at the midpoint",
        "Outlays of a new search, as % of yearly pay",
        "Outlays of a new search, % of a year's pay",
    ),
    AssumptionKind(
        "repeat",
        (50, 100, 100),
        300,
        "panel hours of this search that are spent once more: {} %",
        "Panel hours of this search spent once more, %",
        "Panel hours spent once more, %",
    ),
)
KINDS = {kind.name: kind for kind in (DAYS, *SHARES)}
DEFAULTS: dict[str, int] = {
    f"{kind.name}_{level}": default
    for kind in KINDS.values()
    for level, default in zip(LEVELS, kind.defaults, strict=True)
}


def kind_and_level(name: str) -> tuple[AssumptionKind, str]:
    """What an assumption of a name like `empty_seat_low` is about, and its level."""
    kind, _, level = name.rpartition("_")
    return KINDS[kind], level


def largest_value(name: str) -> int:
    """The largest value that an assumption may take: days, or percent."""
    return kind_and_level(name)[0].largest
