"""The finalists side by side: each score with its ranges against the bar, as numbers, as places of a drawing, and in words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from recruiter.foundation.json_types import JsonView

NAME_WIDTH = 21  # letters of Latin width of a name in a drawing
MOST_ROWS = 6  # rows that a page in brief has room for
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

    @property
    def values(self) -> tuple[float, float, float, float, float]:
        """The score, then the ends of its two ranges."""
        return self.score, self.low, self.high, self.low50, self.high50

    @property
    def range_text(self) -> str:
        """The range of 90 in 100 re-runs."""
        return f"{self.low:.2f} to {self.high:.2f}"


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
class Drawing:
    """The plot as it is drawn, and the whole of it in words."""

    title: str
    alt: str
    note: str
    bar: float | None
    bar_label: str
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Mark, ...]


def plot_from(content: JsonView | None) -> Plot | None:
    """The plot of a frozen content, None where it has none."""
    if not content:
        return None
    keys = ("score", "low", "high", "low50", "high50")
    rows = tuple(
        Score(row["name"], row["place"], bool(row["tied"]), bool(row["own"]), *(float(row[key]) for key in keys))
        for row in content["rows"]
    )
    bar = content.get("bar")
    bar = None if bar is None else float(bar)
    return Plot(float(content["lowest"]), float(content["highest"]), bar, content["basis"], rows)


def _shortened(name: str) -> str:
    """A name as far as the drawing has room beside its marks; the words beside it have the whole."""
    used = 0
    for length, letter in enumerate(name):
        used += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if used > NAME_WIDTH:
            return name[:length].rstrip() + "…"
    return name


def _score_sentence(score: Score) -> str:
    place = f"tied in place {score.place.rstrip('=')}" if score.tied else f"in place {score.place}"
    return f"{score.name} {score.score:.2f}, range {score.range_text}, {place}"


def visible_rows(plot: Plot) -> tuple[Score, ...]:
    """The first rows, the candidate always among them."""
    if len(plot.rows) <= MOST_ROWS:
        return plot.rows
    own = tuple(score for score in plot.rows[MOST_ROWS - 1 :] if score.own)
    return (*plot.rows[: MOST_ROWS - len(own)], *own)


def drawing_of(plot: Plot) -> Drawing:
    """The places of a drawing."""
    width = (plot.highest - plot.lowest) or 1.0

    def place(value: float) -> float:
        share = min(max((value - plot.lowest) / width, 0.0), 1.0)
        return round(ENDS + (1 - 2 * ENDS) * share, 4)

    rows = visible_rows(plot)
    hidden_count = len(plot.rows) - len(rows)
    remark = f" {hidden_count} more finalists are in the annex." if hidden_count else ""
    bar = "" if plot.bar is None else f"; the bar is {plot.bar:.2f}"
    ties = " A place with = is shared: the cards do not tell them apart." if any(score.tied for score in rows) else ""
    return Drawing(
        title="The finalists: score of 5, with its ranges",
        alt=f"Scores of 5 with the range of 90 in 100 re-runs: {'; '.join(_score_sentence(score) for score in rows)}{bar}.",
        note=f"Weighted scores with the ranges of 50 and 90 in 100 re-runs, by {plot.basis}. Other finalists are not named.{ties}{remark}",
        bar=None if plot.bar is None else place(plot.bar),
        bar_label="" if plot.bar is None else f"Bar {plot.bar:.2f}",
        ticks=tuple((place(value), str(value)) for value in range(round(plot.lowest), round(plot.highest) + 1)),
        rows=tuple(
            Mark(
                _shortened(score.name),
                score.place,
                f"{score.score:.2f}",
                score.range_text,
                score.tied,
                score.own,
                *map(place, score.values),
            )
            for score in rows
        ),
    )


def table_rows(plot: Plot) -> tuple[tuple[str, ...], ...]:
    """The same figures as rows of words: name, place, score, the two ranges."""
    return tuple(
        (
            score.name,
            f"{score.place.rstrip('=')}, tied" if score.tied else score.place,
            f"{score.score:.2f}",
            score.range_text,
            f"{score.low50:.2f} to {score.high50:.2f}",
        )
        for score in plot.rows
    )
