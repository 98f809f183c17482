"""How rows of an audit read: figures to four decimals, the flag with what one decision would do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation.json_types import JsonView
from recruiter.learning.fairness.verdicts import ENOUGH, LEVEL, SMALL_NUMBERS, odds

NOTHING = "\u2013"
WIDEST = 1.6  # the end of the axis of ratios
SIDES = {"history": "Past decisions", "model": "The model"}
Badge = tuple[str, ...]  # its words, its tone where it has one, and the icon of a flag
HIGHEST: Badge = ("Highest", "line")
UNDER_80: Badge = ("Under 80%", "due", "flag")


@dataclass(frozen=True)
class RateRow:
    """One category of a table."""

    category: str
    share: str
    assessed: str
    selected: str
    rate: str
    ratio: str
    range: str
    tests: str
    mark: Badge | None
    note: str
    plot: tuple[float, float, float] | None


@dataclass(frozen=True)
class RateTable:
    """One table with what it is taken of."""

    name: str
    title: str
    side: str
    about: str
    problem: str
    selected: str
    rows: list[RateRow]


@dataclass(frozen=True)
class EffectRow:
    """A category's own weight in the choices."""

    category: str
    effect: str
    range: str
    odds: str
    p: str
    detectable: str
    slates: int
    verdict: Badge


def percent(value: float | None) -> str:
    """A share of 100 with two decimals, which are the four of a rate."""
    return NOTHING if value is None else f"{100 * value:.2f}%"


def signed(value: float) -> str:
    """Two decimals with a sign, the minus being a true one."""
    return f"{value:+.2f}".replace("-", "\u2212")


def table_of(table: JsonView) -> RateTable:
    """A stored table as the page shows it."""
    about = f"Of {table['denominator']} with a known answer, of whom a category needs 2% to be rated. {table['unknown']} unknown or declined."
    if table["left_out"]:
        about += f" {table['left_out']} withdrew before it and are left out."
    if table["median"] is not None:
        about += f" Median {table['median']:.2f}, of everybody."
    problem = f"Ratio n/a: {table['problem']}." if table["problem"] else ""
    selected = "Above" if table["kind"] == "scoring" else "Selected"
    rows = [_row(row, table["reference"]) for row in table["rows"]]
    return RateTable(table["name"], table["title"], SIDES[table["of"]], about, problem, selected, rows)


def _row(row: JsonView, reference: str | None) -> RateRow:
    mark: Badge | None = None
    note = row["note"]
    if row["category"] == reference:
        mark = HIGHEST
    elif row["flag"]:
        mark = UNDER_80
        if row["flip"]:
            note = f"one decision more: {row['flip']['ratio']:.3f}"
            note = f"{note}. {SMALL_NUMBERS.capitalize()}" if not row["flip"]["flag"] else f"{note}, still under 80%"
    elif not row["rated"]:
        mark = ("Withheld",) if row["assessed"] is None else ("Not rated",)
    tests = "" if row["fisher"] is None else f"{row['fisher']:.4f}"
    if row["z"] is not None:
        tests += f" (z {signed(row['z'])})"
    span = f"{row['range'][0]:.2f} to {row['range'][1]:.2f}" if row["range"] else ""
    return RateRow(
        row["category"], percent(row["share"]), _count(row["assessed"]), _count(row["selected"]), percent(row["rate"]),
        NOTHING if row["ratio"] is None else f"{row['ratio']:.4f}", span, tests or NOTHING, mark, note, _plot(row)
    )  # fmt: skip


def _count(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def _plot(row: JsonView) -> tuple[float, float, float] | None:
    """Ratio and the ends of its range in shares of 100 of the axis."""
    if row["ratio"] is None:
        return None
    ends = row["range"] or (row["ratio"], row["ratio"])
    low, middle, high = (round(100 * min(value, WIDEST) / WIDEST, 2) for value in (ends[0], row["ratio"], ends[1]))
    return (middle, low, high)


def effect_of(effect: JsonView) -> EffectRow:
    """A group-adjusted effect with its word."""
    if effect["adjusted_p"] < LEVEL:
        verdict: Badge = ("Chosen less" if effect["effect"] < 0 else "Chosen more", "due", "flag")
    elif effect["slates"] < ENOUGH:
        verdict = ("Not enough data",)
    else:
        verdict = ("Nothing found", "line")
    return EffectRow(
        effect["category"], signed(effect["effect"]), f"{signed(effect['range'][0])} to {signed(effect['range'][1])}",
        f"\u00d7 {odds(effect['effect']):.2f}", f"{effect['adjusted_p']:.4f}", f"{effect['detectable']:.2f}", effect["slates"], verdict
    )  # fmt: skip


def ratios_without(question: JsonView) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The model's first-choice ratios without one feature: categories, then (feature, ratios); what it does with all first."""
    exclusions: Sequence[JsonView] = question["left_out"]
    names = sorted({name for exclusion in exclusions for name in exclusion["ratios"]})
    full: JsonView = next((table for table in question["tables"] if table["name"] == "model_first"), {"rows": []})
    full_ratios = {row["category"]: row["ratio"] for row in full["rows"]}
    lines = [
        ("With everything", full_ratios),
        *((f"Without {exclusion['feature']}", exclusion["ratios"]) for exclusion in exclusions),
    ]
    if not exclusions or not names:
        return [], []
    return names, [
        (feature, [NOTHING if ratios.get(name) is None else f"{ratios[name]:.2f}" for name in names])
        for feature, ratios in lines
    ]
