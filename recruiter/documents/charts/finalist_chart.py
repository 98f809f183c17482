"""The finalists side by side: each score with its ranges against the bar, as numbers, as places of a drawing, and in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAME = 21  # letters of Latin width of a name in a drawing
MOST = 6  # rows that a page in brief has room for
ENDS = 0.02  # room at both ends, so that no dot is cut


@dataclass(frozen=True)
class Score:
    """One finalist: score on the scale of the cards, the range of 90 and of 50 in 100 re-runs, the place (“1=” where it is shared)."""

    name: str
    place: str
    tied: bool
    own: bool
    score: float
    low: float
    high: float
    low50: float
    high50: float


@dataclass(frozen=True)
class Plot:
    """The scores of a slate, best first; the bar is None where there is none, `basis` says by what they were made."""

    lowest: float
    highest: float
    bar: float | None
    basis: str
    rows: tuple[Score, ...]


@dataclass(frozen=True)
class Mark:
    """One row as it is drawn: places from 0 (left) to 1 (right), and its words."""

    name: str
    place: str
    score: str
    range: str
    tied: bool
    own: bool
    dot: float
    low: float
    high: float
    low50: float
    high50: float


@dataclass(frozen=True)
class Drawn:
    """The plot as it is drawn, and the whole of it in words."""

    title: str
    alt: str
    note: str
    bar: float | None
    bar_label: str
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Mark, ...]


def plot_from(given: Mapping[str, Any] | None, clean: Any) -> Plot | None:
    """The plot of a frozen content, None where it has none; `clean` makes words printable."""
    if not given:
        return None
    rows = tuple(
        Score(
            clean(one["name"]),
            clean(one["place"]),
            bool(one["tied"]),
            bool(one["own"]),
            *(float(one[key]) for key in ("score", "low", "high", "low50", "high50")),
        )
        for one in given["rows"]
    )
    bar = given.get("bar")
    basis = clean(given["basis"])
    return Plot(float(given["lowest"]), float(given["highest"]), None if bar is None else float(bar), basis, rows)


def _short(name: str) -> str:
    """A name as far as the drawing has room beside its marks; the words beside it have the whole."""
    used = 0
    for place, letter in enumerate(name):
        used += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if used > NAME:
            return name[:place].rstrip() + "…"
    return name


def _said(one: Score) -> str:
    place = f"tied in place {one.place.rstrip('=')}" if one.tied else f"in place {one.place}"
    return f"{one.name} {one.score:.2f}, range {one.low:.2f} to {one.high:.2f}, {place}"


def shown_of(plot: Plot) -> tuple[Score, ...]:
    """The first rows, the candidate always among them."""
    if len(plot.rows) <= MOST:
        return plot.rows
    own = tuple(one for one in plot.rows[MOST - 1 :] if one.own)
    return (*plot.rows[: MOST - len(own)], *own)


def drawn(plot: Plot) -> Drawn:
    """The places of a drawing."""
    width = (plot.highest - plot.lowest) or 1.0

    def place(value: float) -> float:
        share = min(max((value - plot.lowest) / width, 0.0), 1.0)
        return round(ENDS + (1 - 2 * ENDS) * share, 4)

    rows = shown_of(plot)
    left = len(plot.rows) - len(rows)
    more = f" {left} more finalists are in the annex." if left else ""
    bar = "" if plot.bar is None else f"; the bar is {plot.bar:.2f}"
    ties = " A place with = is shared: the cards do not tell them apart." if any(one.tied for one in rows) else ""
    return Drawn(
        title="The finalists: score of 5, with its ranges",
        alt=f"Scores of 5 with the range of 90 in 100 re-runs: {'; '.join(_said(one) for one in rows)}{bar}.",
        note=f"Weighted scores with the ranges of 50 and 90 in 100 re-runs, by {plot.basis}. Other finalists are not named.{ties}{more}",
        bar=None if plot.bar is None else place(plot.bar),
        bar_label="" if plot.bar is None else f"Bar {plot.bar:.2f}",
        ticks=tuple((place(value), str(value)) for value in range(round(plot.lowest), round(plot.highest) + 1)),
        rows=tuple(
            Mark(
                _short(one.name),
                one.place,
                f"{one.score:.2f}",
                f"{one.low:.2f} to {one.high:.2f}",
                one.tied,
                one.own,
                place(one.score),
                place(one.low),
                place(one.high),
                place(one.low50),
                place(one.high50),
            )
            for one in rows
        ),
    )


def lines(plot: Plot) -> tuple[tuple[str, ...], ...]:
    """The same figures as rows of words: name, place, score, the two ranges."""
    return tuple(
        (
            one.name,
            f"{one.place.rstrip('=')}, tied" if one.tied else one.place,
            f"{one.score:.2f}",
            f"{one.low:.2f} to {one.high:.2f}",
            f"{one.low50:.2f} to {one.high50:.2f}",
        )
        for one in plot.rows
    )
