"""How far would a ratio move if other slates had been met? Slates are drawn again, people within one stay together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.fairness.types import UNKNOWN, CategoryRow, RateTable, Step

ROUNDS = 1000  # redraws of the slates
ENDS = (5.0, 95.0)  # percentiles: 90 of 100 redraws lie between them
USABLE = 0.5  # of the redraws must have a ratio, else no range is told


def with_ranges(
    table: RateTable, step: Step, answers: Mapping[str, str], slate_of: Mapping[str, str], *, seed: int = 0
) -> RateTable:
    """The table with a 90 % range for each ratio, against the same best category throughout; it may pass 1."""
    if table.reference is None:
        return table
    names = [row.category for row in table.rows if row.ratio is not None]
    drawn = _drawn(step, answers, slate_of, names, seed)
    base = drawn[names.index(table.reference)]
    rows = [
        row if row.ratio is None or row.category == table.reference else _ranged(row, drawn[names.index(row.category)], base)
        for row in table.rows
    ]  # fmt: skip
    return replace(table, rows=tuple(rows))


def _ranged(row: CategoryRow, rate: FloatArray, base: FloatArray) -> CategoryRow:
    if not row.selected:
        return row  # nobody was drawn however often one draws: that is not certainty
    usable = np.isfinite(rate) & np.isfinite(base) & (base > 0)
    if usable.mean() < USABLE:
        return row
    low, high = np.percentile(rate[usable] / base[usable], ENDS)
    return replace(row, range=(float(low), float(high)))


def _drawn(
    step: Step, answers: Mapping[str, str], slate_of: Mapping[str, str], names: list[str], seed: int
) -> FloatArray:
    """Rates of each category under each redraw, (categories, rounds); NaN where nobody of it was drawn."""
    slates = sorted({slate_of[item] for item in step.outcome})
    row, column = {name: k for k, name in enumerate(slates)}, {name: k for k, name in enumerate(names)}
    assessed, selected = np.zeros((len(slates), len(names))), np.zeros((len(slates), len(names)))
    for item, happened in step.outcome.items():
        place = column.get(answers.get(item, UNKNOWN))
        if place is not None:
            assessed[row[slate_of[item]], place] += 1.0
            selected[row[slate_of[item]], place] += float(happened)
    rng = np.random.default_rng([seed, 11])
    times = rng.multinomial(len(slates), np.full(len(slates), 1.0 / len(slates)), ROUNDS).astype(np.float64)
    n, hit = times @ assessed, times @ selected
    result: FloatArray = np.divide(hit, n, out=np.full(n.shape, np.nan), where=n > 0).T
    return result
