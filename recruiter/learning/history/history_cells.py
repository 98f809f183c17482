"""The cells of a history folder as numbers and moments, each bad one named with its line."""

from __future__ import annotations

import math

import numpy as np

from recruiter.foundation.calendar import day_with_time
from recruiter.learning.arrays import FloatArray
from recruiter.learning.history.csv_table import Table

MOST_NOTED = 20
NO_DAY = "is no date from 2000 to 2099, like 2026-11-24"
LARGEST = 1e12  # no mark and no figure of a candidate is larger; sums of squares stay finite below it


def number_of(text: str, *, decimal_comma: bool = False) -> float:
    """The number a cell holds, NaN where it holds none.

    >>> number_of("3,5", decimal_comma=True), number_of("1_000")
    (3.5, nan)
    """
    if "_" in text:  # Python reads 1_000, people do not write it
        return math.nan
    if decimal_comma and text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return math.nan


def numbers(
    table: Table, column: str, *, optional: bool = False, largest: float = math.inf
) -> tuple[FloatArray, list[bool]]:
    """A column as numbers, and which rows hold a usable one; the others are put on the table's list of bad rows."""
    texts = table.cells.get(column, [""] * len(table.lines))
    values = np.array([number_of(text, decimal_comma=table.decimal_comma) for text in texts], dtype=np.float64)
    fine = []
    for line, value, text in zip(table.lines, values.tolist(), texts, strict=True):
        why = None
        if not text:
            why = None if optional else "empty"
        elif not math.isfinite(value):
            why = f"{shortened(text)} is not a number"
        elif abs(value) > largest:
            why = f"{shortened(text)} is too large to be real"
        fine.append(why is None)
        if why is not None:
            table.refuse(line, column, why)
    return values, fine


def filled(table: Table, columns: tuple[str, ...]) -> list[bool]:
    """Which rows have a text in each of these columns; the others are put on the table's list of bad rows."""
    fine = [True] * len(table.lines)
    for column in columns:
        for place, text in enumerate(table.cells[column]):
            if not text and fine[place]:
                fine[place] = False
                table.refuse(table.lines[place], column, "empty")
    return fine


def moments(table: Table) -> list[float]:
    """Sortable moments; a file orders its slates by dates or by numbers, whichever most rows use."""
    as_number = [number_of(text, decimal_comma=table.decimal_comma) for text in table.cells["decided_on"]]
    as_date = [_day(text) for text in table.cells["decided_on"]]
    numeric = sum(map(math.isfinite, as_number)) >= sum(map(math.isfinite, as_date))
    return as_number if numeric else as_date


def shortened(text: str) -> str:
    """A cell quoted for a sentence, cut where it is long."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")  # noqa: PLR2004


def note_no_days(table: Table, column: str) -> None:
    """Empty the cells of a column that hold no day, the first of them noted each with its row, the others by their number."""
    cells = table.cells.get(column, [])
    bad = [place for place, text in enumerate(cells) if text and math.isnan(_day(text))]
    for place in bad[:MOST_NOTED]:
        table.note(table.lines[place], column, f"{shortened(cells[place])} {NO_DAY}, ignored")
    if len(bad) > MOST_NOTED:
        further = f"{len(bad) - MOST_NOTED} more of its entries are no dates, the first of them in this row, ignored"
        table.note(table.lines[bad[MOST_NOTED]], column, further)
    for place in bad:
        cells[place] = ""


def _day(text: str) -> float:
    try:  # an export may say the time too; slates are ordered by the day
        return float(day_with_time(text).toordinal())
    except ValueError:
        return math.nan
