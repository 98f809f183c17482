"""Turning the texts of a history folder into checked columns, row by row; the order of rows means nothing."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import numpy.typing as npt

from recruiter.learning.arrays import FloatArray, TextArray, text_array
from recruiter.learning.history.csv_table import HistoryRefused, Problem, Table
from recruiter.learning.history.history_cells import LARGEST, filled, moments, numbers
from recruiter.learning.history.history_tables import Decisions, Features
from recruiter.learning.history.protected_columns import is_protected
from recruiter.learning.rating_table import RatingTable

Keys = set[tuple[str, str]]
IGNORED = "may not enter a ranking, ignored"
FAR = 20.0  # so many times the spread of nearly all marks away from their middle is a slip, not a mark
ENOUGH_MARKS = 50  # to know that spread


def decision_rows(table: Table) -> tuple[Decisions, Keys, Keys]:
    """The decisions, the (slate, item) pairs that stand, and those that were refused."""
    complete = filled(table, ("slate", "item", "decided_on"))
    grades, graded = numbers(table, "grade")
    when = moments(table)
    slates, items = table.cells["slate"], table.cells["item"]
    keys = list(zip(slates, items, strict=True))
    usable = [complete[k] and graded[k] and math.isfinite(when[k]) for k in range(len(keys))]
    moment = _moment_of_slate([(slates[k], when[k]) for k in range(len(keys)) if usable[k]])
    grades_by_key: dict[tuple[str, str], set[float]] = {}
    for place, key in enumerate(keys):
        if usable[place] and moment[key[0]] == when[place]:
            grades_by_key.setdefault(key, set()).add(float(grades[place]))
    known: Keys = set()
    keep: list[int] = []
    for place, key in enumerate(keys):
        why = None
        if not (complete[place] and graded[place]):
            continue
        if not usable[place]:
            why = ("decided_on", "neither a date nor a number as in the other rows")
        elif moment[key[0]] != when[place]:
            why = ("decided_on", "differs from the other rows of its slate")
        elif len(grades_by_key[key]) > 1:
            why = ("item", "stands twice in its slate with different grades")
        elif key in known:
            why = ("item", "stands twice in its slate")
        if why:
            table.bad.append(Problem(table.file, table.lines[place], *why))
            continue
        known.add(key)
        keep.append(place)
    chosen = np.array(keep, dtype=np.intp)
    texts = _texts(table, keep, "slate", "item", "decided_on", "job_family", "outcome")
    order = np.array(when, dtype=np.float64)[chosen]
    decisions = Decisions(texts[0], texts[1], texts[2], order, grades[chosen], texts[3], texts[4])
    return decisions, known, set(keys) - known


def _texts(table: Table, keep: list[int], *names: str) -> list[TextArray]:
    """Columns of the rows to keep as texts, empty where the file has none of that name."""
    blank = [""] * len(table.lines)
    return [text_array([table.cells.get(name, blank)[k] for k in keep]) for name in names]


def _moment_of_slate(rows: list[tuple[str, float]]) -> dict[str, float]:
    """The moment that most rows of a slate give; the earliest of equally many."""
    counts: dict[str, Counter[float]] = {}
    for slate, moment in rows:
        counts.setdefault(slate, Counter())[moment] += 1
    return {slate: min(count, key=lambda moment: (-count[moment], moment)) for slate, count in counts.items()}


def _belongs(table: Table, place: int, known: Keys, refused: Keys) -> bool:
    key = (table.cells["slate"][place], table.cells["item"][place])
    if key in known:
        return True
    if key not in refused:  # a refused decision has been counted already; its ratings go with it
        table.bad.append(Problem(table.file, table.lines[place], "item", "is not in decisions.csv"))
    return False


def rating_rows(table: Table | None, known: Keys, refused: Keys) -> RatingTable:
    """The ratings; a score outside its scale or of an unknown candidate is a bad row."""
    names = ("slate", "item", "rater", "attribute")
    if table is None:
        return RatingTable.of([])
    complete = filled(table, names)
    score, scored = numbers(table, "score", largest=LARGEST)
    low, low_fine = numbers(table, "scale_min", optional=True, largest=LARGEST)
    high, high_fine = numbers(table, "scale_max", optional=True, largest=LARGEST)
    keep = []
    for place, line in enumerate(table.lines):
        if not (complete[place] and scored[place] and low_fine[place] and high_fine[place]):
            continue
        if low[place] >= high[place]:  # NaN, where no scale is named, is never so
            table.bad.append(Problem(table.file, line, "scale_max", "is not above scale_min"))
        elif score[place] < low[place] or score[place] > high[place]:
            table.bad.append(Problem(table.file, line, "score", "lies outside its scale"))
        elif _belongs(table, place, known, refused):
            keep.append(place)
    keep = _without_slips(table, keep, score, np.isfinite(low) & np.isfinite(high))
    keep = _without_repeats(table, keep, "score")
    chosen = np.array(keep, dtype=np.intp)
    texts = _texts(table, keep, *names, "rated_on")
    return RatingTable(texts[0], texts[1], texts[2], texts[3], score[chosen], low[chosen], high[chosen], texts[4])


def _without_slips(table: Table, keep: list[int], score: FloatArray, scaled: npt.NDArray[np.bool_]) -> list[int]:
    """Rows less marks that are out of all proportion to the others of their attribute (a 999 among 1 to 5)."""
    places: dict[str, list[int]] = {}
    for place in keep:
        if not scaled[place]:
            places.setdefault(table.cells["attribute"][place], []).append(place)
    slips: set[int] = set()
    for rows in places.values():
        low, middle, high = np.percentile(score[rows], [2, 50, 98])
        if len(rows) >= ENOUGH_MARKS and high > low:
            slips |= {row for row in rows if abs(score[row] - middle) > FAR * (high - low)}
    for place in sorted(slips):
        why = f"{score[place]:g} is out of all proportion to the other scores of this attribute"
        table.bad.append(Problem(table.file, table.lines[place], "score", why))
    return [place for place in keep if place not in slips]


def _without_repeats(table: Table, keep: list[int], column: str) -> list[int]:
    """Rows less those that repeat another to the last cell; a second card of the same rater is no repetition."""
    seen: set[tuple[str, ...]] = set()
    unique = []
    rows = list(zip(*table.cells.values(), strict=True))
    for place in keep:
        row = rows[place]
        if row in seen:
            table.notes.append(Problem(table.file, table.lines[place], column, "the same row again, counted once"))
        else:
            seen.add(row)
            unique.append(place)
    return unique


def feature_rows(table: Table | None, known: Keys, refused: Keys) -> Features:
    """The features; a protected feature is left out and noted, different values of one are averaged later."""
    names = ("slate", "item", "feature")
    if table is None:
        return Features.of([])
    complete = filled(table, names)
    value, valued = numbers(table, "value", largest=LARGEST)
    protected = {name for name in set(table.cells["feature"]) if is_protected(name)}
    for name in sorted(protected):
        table.notes.append(Problem(table.file, 1, name, IGNORED))
    keep = [
        place
        for place in range(len(table.lines))
        if complete[place]
        and valued[place]
        and table.cells["feature"][place] not in protected
        and _belongs(table, place, known, refused)
    ]
    keep = _without_repeats(table, keep, "value")
    texts = _texts(table, keep, *names)
    return Features(texts[0], texts[1], texts[2], value[np.array(keep, dtype=np.intp)])


def weight_rows(table: Table | None, seen: set[str]) -> dict[str, float]:
    """The declared weights by name; protected names and names that nothing carries are left out and noted.

    Raises:
        HistoryRefused: a name with two different weights; the file is short, and no guess is better than asking.
    """
    if table is None:
        return {}
    complete = filled(table, ("name",))
    weight, weighed = numbers(table, "weight", largest=LARGEST)
    weights: dict[str, float] = {}
    for place, name in enumerate(table.cells["name"]):
        line = table.lines[place]
        if is_protected(name):
            table.notes.append(Problem(table.file, line, name, IGNORED))
        elif not (complete[place] and weighed[place]):
            continue
        elif name not in seen:
            table.notes.append(Problem(table.file, line, name, "is no attribute or feature of this folder, ignored"))
        elif weights.setdefault(name, float(weight[place])) != float(weight[place]):
            raise HistoryRefused(f"{table.file} gives {name} two different weights.")
    return weights
