"""A history folder laid out for learning: one row per candidate, slates numbered in the order of their decisions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, TextArray, codes_of, group_sums
from recruiter.learning.history.history_tables import History
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.types import OVERALL

OVERALL_SHARES = (1.0, 0.75, 0.5, 0.15)  # prior directions: how much of the scorecard lies on the overall rating


@dataclass(frozen=True, slots=True)
class CandidateTable:
    """Candidates by slate (in time) and item (as text); `raw` holds card means and features, NaN where none."""

    slates: list[str]
    code: IntArray
    item: TextArray
    grade: FloatArray
    attributes: list[str]
    features: list[str]
    raw: FloatArray
    ratings: RatingTable
    rating_row: IntArray

    @property
    def columns(self) -> list[str]:
        """Names of the columns of `raw`: attributes first, then features."""
        return [*self.attributes, *self.features]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(slate, item) of every row."""
        return [(self.slates[code], item) for code, item in zip(self.code, self.item, strict=True)]

    def filled(self) -> FloatArray:
        """`raw` with gaps filled by the slate's mean, or by the overall mean where a slate has none."""
        return fill_gaps(self.raw, self.code)


def build_table(history: History) -> CandidateTable:
    """Sort slates by `decided_on`, then name, candidates by name: the order of rows in the files means nothing."""
    decided = history.decisions
    moment = dict(zip(decided.slate, decided.order, strict=True))
    slates = sorted(moment, key=lambda slate: (moment[slate], slate))
    number = {slate: place for place, slate in enumerate(slates)}
    rows = sorted(range(len(decided.slate)), key=lambda k: (number[decided.slate[k]], decided.item[k]))
    code = np.array([number[decided.slate[k]] for k in rows], dtype=np.intp)
    item = decided.item[rows]
    row_of = {(slates[code[place]], item[place]): place for place in range(len(rows))}
    ratings = history.ratings.on_common_scale().sorted()
    rating_row = np.array([row_of[pair] for pair in zip(ratings.slate, ratings.item, strict=True)], dtype=np.intp)
    attribute, attributes = codes_of(ratings.attribute)
    feature, features = codes_of(history.features.feature)
    figures = history.features
    feature_row = np.array([row_of[pair] for pair in zip(figures.slate, figures.item, strict=True)], dtype=np.intp)
    raw = np.concatenate(
        [
            _means(rating_row, attribute, ratings.score, len(rows), len(attributes)),
            _means(feature_row, feature, figures.value, len(rows), len(features)),
        ],
        axis=1,
    )
    return CandidateTable(slates, code, item, decided.grade[rows], attributes, features, raw, ratings, rating_row)


def _means(row: IntArray, column: IntArray, values: FloatArray, n: int, p: int) -> FloatArray:
    if not p:
        return np.zeros((n, 0))
    cell = row * p + column
    total = np.bincount(cell, weights=values, minlength=n * p)
    count = np.bincount(cell, minlength=n * p)
    mean: FloatArray = np.divide(total, count, out=np.full(n * p, np.nan), where=count > 0)
    return mean.reshape(n, p)


def fill_gaps(values: FloatArray, codes: IntArray) -> FloatArray:
    """NaN replaced by the mean of the slate's known values, else of all known values, else 0."""
    known = np.isfinite(values)
    if known.all():
        return values
    n_groups = int(codes.max()) + 1
    filled = np.where(known, values, 0.0)
    count = group_sums(known.astype(np.float64), codes, n_groups)
    total = group_sums(filled, codes, n_groups)
    overall = filled.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    mean = np.where(count > 0, total / np.maximum(count, 1), overall)
    result: FloatArray = np.where(known, values, mean[codes])
    return result


def declared_vector(table: CandidateTable, weights: dict[str, float]) -> FloatArray:
    """Declared weights over the standardised columns; default half on `overall`, half spread on the attributes."""
    if weights:
        return np.array([weights.get(name, 0.0) for name in table.columns])
    return _split(table, 0.5)


def _split(table: CandidateTable, share: float) -> FloatArray:
    vector = np.zeros(len(table.columns))
    others = [k for k, name in enumerate(table.attributes) if name != OVERALL]
    if OVERALL in table.attributes:
        vector[table.attributes.index(OVERALL)] = share if others else 1.0
    else:
        share = 0.0
    if others:
        vector[others] = (1.0 - share) / len(others)
    return vector


def prior_directions(table: CandidateTable, weights: dict[str, float]) -> FloatArray:
    """The declared direction first, then the known ways to split between the overall rating and the attributes."""
    declared = declared_vector(table, weights)
    rows = [declared]
    if OVERALL in table.attributes and len(table.attributes) > 1:
        rows += [_split(table, share) for share in OVERALL_SHARES]
    different = [
        row for place, row in enumerate(rows) if not any(np.array_equal(row, earlier) for earlier in rows[:place])
    ]
    return np.stack(different)
