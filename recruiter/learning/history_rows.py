"""Turning the texts of a history folder into checked columns, row by row."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np

from recruiter.learning.arrays import FloatArray, text_array
from recruiter.learning.table_reading import Problem, Table

Keys = set[tuple[str, str]]

# Words that may never feed a ranking, in whatever file they arrive (RANKING, "What never enters").
PROTECTED = frozenset(
    [
        "name",
        "surname",
        "sex",
        "gender",
        "age",
        "birthday",
        "birthdate",
        "birth",
        "nationality",
        "citizenship",
        "address",
        "postcode",
        "zip",
        "school",
        "university",
        "college",
        "photograph",
        "photo",
        "gap",
        "gaps",
        "source",
        "pay",
        "salary",
        "race",
        "ethnicity",
        "ethnic",
        "religion",
        "disability",
        "disabled",
        "marital",
        "pregnancy",
        "pregnant",
        "veteran",
        "orientation",
        "origin",
        "colour",
        "color",
        "caste",
    ]
)


def is_protected(name: str) -> bool:
    """Whether a column or feature names something that may not enter a ranking."""
    words = "".join(letter if letter.isalpha() else " " for letter in name.lower()).split()
    return any(word in PROTECTED for word in words)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _numbers(table: Table, column: str, *, optional: bool = False) -> tuple[FloatArray, list[bool]]:
    texts = table.cells.get(column, [""] * len(table.lines))
    values = np.array([_number(text) for text in texts], dtype=np.float64)
    fine = [math.isfinite(value) or (optional and not text) for value, text in zip(values, texts, strict=True)]
    for line, ok, text in zip(table.lines, fine, texts, strict=True):
        if not ok:
            table.bad.append(Problem(table.file, line, column, f"{text!r} is not a number" if text else "empty"))
    return values, fine


def _filled(table: Table, columns: tuple[str, ...]) -> list[bool]:
    fine = [True] * len(table.lines)
    for column in columns:
        for place, text in enumerate(table.cells[column]):
            if not text and fine[place]:
                fine[place] = False
                table.bad.append(Problem(table.file, table.lines[place], column, "empty"))
    return fine


def _moments(table: Table) -> list[float]:
    """Sortable moments; a file orders its slates by dates or by numbers, whichever most rows use."""
    as_number = [_number(text) for text in table.cells["decided_on"]]
    as_date = [_day(text) for text in table.cells["decided_on"]]
    numeric = sum(map(math.isfinite, as_number)) >= sum(map(math.isfinite, as_date))
    return as_number if numeric else as_date


def _day(text: str) -> float:
    try:
        return float(date.fromisoformat(text[:10]).toordinal())
    except ValueError:
        return math.nan


def decision_rows(table: Table) -> tuple[tuple[Any, ...], Keys, Keys]:
    """The columns of Decisions, the (slate, item) pairs that stand, and those that were refused."""
    fine = _filled(table, ("slate", "item", "decided_on"))
    grades, graded = _numbers(table, "grade")
    moments = _moments(table)
    slates, items = table.cells["slate"], table.cells["item"]
    known: Keys = set()
    refused: Keys = set()
    when: dict[str, float] = {}
    keep: list[int] = []
    for place, line in enumerate(table.lines):
        key = (slates[place], items[place])
        why = None
        if not (fine[place] and graded[place]):
            refused.add(key)
            continue
        if not math.isfinite(moments[place]):
            why = ("decided_on", "neither a date nor a number as in the other rows")
        elif key in known:
            why = ("item", "stands twice in its slate")
        elif when.setdefault(key[0], moments[place]) != moments[place]:
            why = ("decided_on", "differs from the other rows of its slate")
        if why:
            table.bad.append(Problem(table.file, line, *why))
            refused.add(key)
            continue
        known.add(key)
        keep.append(place)
    columns = [text_array([table.cells[name][k] for k in keep]) for name in ("slate", "item", "decided_on")]
    blank = [""] * len(table.lines)
    extra = [text_array([table.cells.get(name, blank)[k] for k in keep]) for name in ("job_family", "outcome")]
    order = np.array([moments[k] for k in keep], dtype=np.float64)
    return (*columns, order, grades[keep] if keep else np.zeros(0), *extra), known, refused


def _belongs(table: Table, place: int, known: Keys, refused: Keys) -> bool:
    key = (table.cells["slate"][place], table.cells["item"][place])
    if key in known:
        return True
    if key not in refused:  # a refused decision has been counted already; its ratings go with it
        table.bad.append(Problem(table.file, table.lines[place], "item", "is not in decisions.csv"))
    return False


def rating_rows(table: Table | None, known: Keys, refused: Keys) -> tuple[Any, ...]:
    """The columns of Ratings; a score outside its scale or of an unknown candidate is a bad row."""
    names = ("slate", "item", "rater", "attribute")
    if table is None:
        return (*(text_array([]) for _ in names), np.zeros(0), np.zeros(0), np.zeros(0), text_array([]))
    fine = _filled(table, names)
    score, scored = _numbers(table, "score")
    low, low_fine = _numbers(table, "scale_min", optional=True)
    high, high_fine = _numbers(table, "scale_max", optional=True)
    keep = []
    for place, line in enumerate(table.lines):
        if not (fine[place] and scored[place] and low_fine[place] and high_fine[place]):
            continue
        if low[place] >= high[place]:
            table.bad.append(Problem(table.file, line, "scale_max", "is not above scale_min"))
        elif score[place] < low[place] or score[place] > high[place]:
            table.bad.append(Problem(table.file, line, "score", "lies outside its scale"))
        elif _belongs(table, place, known, refused):
            keep.append(place)
    columns = [text_array([table.cells[name][k] for k in keep]) for name in names]
    dates = table.cells.get("rated_on", [""] * len(table.lines))
    chosen = np.array(keep, dtype=np.intp)
    return (*columns, score[chosen], low[chosen], high[chosen], text_array([dates[k] for k in keep]))


def feature_rows(table: Table | None, known: Keys, refused: Keys) -> tuple[Any, ...]:
    """The columns of Features; a protected feature is left out and noted, whatever its values."""
    names = ("slate", "item", "feature")
    if table is None:
        return (*(text_array([]) for _ in names), np.zeros(0))
    fine = _filled(table, names)
    value, valued = _numbers(table, "value")
    protected = {name for name in set(table.cells["feature"]) if is_protected(name)}
    for name in sorted(protected):
        table.notes.append(Problem(table.file, 1, name, "may not enter a ranking, ignored"))
    keep = [
        place
        for place in range(len(table.lines))
        if fine[place]
        and valued[place]
        and table.cells["feature"][place] not in protected
        and _belongs(table, place, known, refused)
    ]
    columns = [text_array([table.cells[name][k] for k in keep]) for name in names]
    return (*columns, value[np.array(keep, dtype=np.intp)])


def weight_rows(table: Table | None) -> dict[str, float]:
    """The declared weights by name; protected names are left out and noted."""
    if table is None:
        return {}
    fine = _filled(table, ("name",))
    weight, weighed = _numbers(table, "weight")
    weights: dict[str, float] = {}
    for place, name in enumerate(table.cells["name"]):
        if is_protected(name):
            table.notes.append(Problem(table.file, table.lines[place], name, "may not enter a ranking, ignored"))
        elif fine[place] and weighed[place]:
            weights[name] = float(weight[place])
    return weights
