"""Turning the texts of a history folder into checked columns, row by row; the order of rows means nothing."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recruiter.foundation.lexicon import attribute_names, check
from recruiter.learning.arrays import FloatArray, IntArray, TextArray, text_array
from recruiter.learning.history.csv_table import HistoryRefused, Table
from recruiter.learning.history.history_cells import LARGEST, filled, moments, note_no_days, numbers
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
    when, keys = moments(table), table.keys()
    usable = [complete[k] and graded[k] and math.isfinite(when[k]) for k in range(len(keys))]
    moment = _moment_of_slate([(keys[k][0], when[k]) for k in range(len(keys)) if usable[k]])
    grades_by_key: dict[tuple[str, str], set[float]] = defaultdict(set)
    for place, key in enumerate(keys):
        if usable[place] and moment[key[0]] == when[place]:
            grades_by_key[key].add(float(grades[place]))
    known: dict[tuple[str, str], int] = {}
    for place, key in enumerate(keys):
        if not (complete[place] and graded[place]):
            continue
        if not usable[place]:
            why = (
                "decided_on",
                "neither a date nor a number as in the other rows, or a year before 2000 or after 2099",
            )
        elif moment[key[0]] != when[place]:
            why = ("decided_on", "differs from the other rows of its slate")
        elif len(grades_by_key[key]) > 1:
            why = ("item", "stands twice in its slate with different grades")
        elif key in known:
            why = ("item", "stands twice in its slate")
        else:
            known[key] = place
            continue
        table.refuse(table.lines[place], *why)
    keep = np.array(list(known.values()), dtype=np.intp)
    _leave_out_blocked(table, "outcome")
    slate, item, day, family, outcome = _texts(table, keep, "slate", "item", "decided_on", "job_family", "outcome")
    order = np.array(when, dtype=np.float64)[keep]
    decisions = Decisions(slate, item, day, order, grades[keep], family, outcome)
    return decisions, set(known), set(keys) - set(known)


def _leave_out_blocked(table: Table, column: str) -> None:
    """Empty the cells that hold what is stored about nobody, each noted with its row and its words."""
    cells = table.cells.get(column, [])
    blocked = {cell: finding for cell in set(cells) for finding in check.check(cell)[:1] if finding.is_blocked}
    for place, cell in enumerate(cells):
        if cell in blocked:
            finding = blocked[cell]
            why = f"{finding.quoted} is left out: {finding.why[:1].lower()}{finding.why[1:].rstrip('.')}, ignored"
            table.note(table.lines[place], column, why)
            cells[place] = ""


def _texts(table: Table, keep: IntArray, *names: str) -> list[TextArray]:
    """Columns of the rows to keep as texts, empty where the file has none of that name."""
    blank = [""] * len(table.lines)
    return [text_array(table.cells.get(name, blank))[keep] for name in names]


def _moment_of_slate(rows: list[tuple[str, float]]) -> dict[str, float]:
    """The moment that most rows of a slate give; the earliest of equally many."""
    counts: dict[str, Counter[float]] = defaultdict(Counter)
    for slate, moment in rows:
        counts[slate][moment] += 1
    return {slate: min(count, key=lambda moment: (-count[moment], moment)) for slate, count in counts.items()}


def _belongs(table: Table, place: int, key: tuple[str, str], known: Keys, refused: Keys) -> bool:
    if key not in known and key not in refused:  # a refused decision has been counted already; its ratings go with it
        table.refuse(table.lines[place], "item", "is not in decisions.csv")
    return key in known


def rating_rows(table: Table, known: Keys, refused: Keys) -> RatingTable:
    """The ratings; a score outside its scale or of an unknown candidate is a bad row."""
    names = ("slate", "item", "rater", "attribute")
    complete = filled(table, names)
    score, scored = numbers(table, "score", largest=LARGEST)
    low, low_fine = numbers(table, "scale_min", optional=True, largest=LARGEST)
    high, high_fine = numbers(table, "scale_max", optional=True, largest=LARGEST)
    note_no_days(table, "rated_on")
    not_rated_on = _note_what_nobody_is_rated_on(table)
    keep = []
    for place, key in enumerate(table.keys()):
        if not (complete[place] and scored[place] and low_fine[place] and high_fine[place]):
            continue
        if table.cells["attribute"][place] in not_rated_on:
            continue
        if low[place] >= high[place]:  # NaN, where no scale is named, is never so
            table.refuse(table.lines[place], "scale_max", "is not above scale_min")
        elif score[place] < low[place] or score[place] > high[place]:
            table.refuse(table.lines[place], "score", "lies outside its scale")
        elif _belongs(table, place, key, known, refused):
            keep.append(place)
    chosen = _without_repeats(table, _without_slips(table, keep, score, np.isfinite(low) & np.isfinite(high)), "score")
    slate, item, rater, attribute, rated_on = _texts(table, chosen, *names, "rated_on")
    return RatingTable(slate, item, rater, attribute, score[chosen], low[chosen], high[chosen], rated_on)


def _note_what_nobody_is_rated_on(table: Table) -> set[str]:
    """Attributes that stand for something protected: each is noted with the row in which it stands first, and its ratings left out."""
    first_line: dict[str, int] = {}
    for place, name in enumerate(table.cells["attribute"]):
        first_line.setdefault(name, table.lines[place])
    reasons = {name: why for name in first_line if (why := attribute_names.why_not(name))}
    for name, why in reasons.items():
        table.note(
            first_line[name], name, f"nobody is rated on “{name}”: {why[:1].lower()}{why[1:].rstrip('.')}, ignored"
        )
    return set(reasons)


def _without_slips(table: Table, keep: list[int], score: FloatArray, scaled: npt.NDArray[np.bool_]) -> list[int]:
    """Rows less marks that are out of all proportion to the others of their attribute (a 999 among 1 to 5)."""
    rows_by_attribute: dict[str, list[int]] = defaultdict(list)
    for place in keep:
        if not scaled[place]:
            rows_by_attribute[table.cells["attribute"][place]].append(place)
    slips: set[int] = set()
    for rows in rows_by_attribute.values():
        low, middle, high = np.percentile(score[rows], [2, 50, 98])
        if len(rows) >= ENOUGH_MARKS and high > low:
            slips |= {row for row in rows if abs(score[row] - middle) > FAR * (high - low)}
    for place in sorted(slips):
        why = f"{score[place]:g} is out of all proportion to the other scores of this attribute"
        table.refuse(table.lines[place], "score", why)
    return [place for place in keep if place not in slips]


def _without_repeats(table: Table, keep: Sequence[int], column: str) -> IntArray:
    """Rows less those that repeat another to the last cell; a second card of the same rater is no repetition."""
    first: dict[tuple[str, ...], int] = {}
    rows = list(zip(*table.cells.values(), strict=True))
    for place in keep:
        if first.setdefault(rows[place], place) != place:
            table.note(table.lines[place], column, "the same row again, counted once")
    return np.array(list(first.values()), dtype=np.intp)


def feature_rows(table: Table, known: Keys, refused: Keys) -> Features:
    """The features; a protected feature is left out and noted, different values of one are averaged later."""
    names = ("slate", "item", "feature")
    complete = filled(table, names)
    value, valued = numbers(table, "value", largest=LARGEST)
    protected = {name for name in set(table.cells["feature"]) if is_protected(name)}
    for name in sorted(protected):
        table.note(1, name, IGNORED)
    keep = [
        place
        for place, key in enumerate(table.keys())
        if complete[place]
        and valued[place]
        and table.cells["feature"][place] not in protected
        and _belongs(table, place, key, known, refused)
    ]
    chosen = _without_repeats(table, keep, "value")
    slate, item, feature = _texts(table, chosen, *names)
    return Features(slate, item, feature, value[chosen])


def weight_rows(table: Table, seen: set[str]) -> dict[str, float]:
    """The declared weights by name; protected names and names that nothing carries are left out and noted.

    Raises:
        HistoryRefused: a name with two different weights; the file is short, and no guess is better than asking.
    """
    complete = filled(table, ("name",))
    weight, weighed = numbers(table, "weight", largest=LARGEST)
    weights: dict[str, float] = {}
    for place, name in enumerate(table.cells["name"]):
        if is_protected(name):
            table.note(table.lines[place], name, IGNORED)
        elif not (complete[place] and weighed[place]):
            continue
        elif name not in seen:
            table.note(table.lines[place], name, "is no attribute or feature of this folder, ignored")
        elif weights.setdefault(name, float(weight[place])) != float(weight[place]):
            raise HistoryRefused(f"{table.file} gives {name} two different weights.")
    return weights
