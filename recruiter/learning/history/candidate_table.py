"""A history folder laid out for learning: one row per candidate, slates numbered in the order of their decisions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, TextArray, codes_of, group_sums
from recruiter.learning.history.history_tables import History
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.types import OVERALL

# Prior directions: how much of the scorecard lies on the overall rating.
OVERALL_SHARES = (1.0, 0.75, 0.5, 0.15)


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
    decided, figures = history.decisions, history.features
    moment = dict(zip(decided.slate, decided.order, strict=True))
    slates = sorted(moment, key=lambda slate: (moment[slate], slate))
    number = {slate: place for place, slate in enumerate(slates)}
    rows = sorted(range(len(decided.slate)), key=lambda k: (number[decided.slate[k]], decided.item[k]))
    row_of = {(decided.slate[k], decided.item[k]): row for row, k in enumerate(rows)}
    code = np.array([number[decided.slate[k]] for k in rows], dtype=np.intp)
    ratings = history.ratings.on_common_scale().sorted()
    rating_row = np.array([row_of[pair] for pair in ratings.pairs()], dtype=np.intp)
    feature_row = np.array([row_of[pair] for pair in zip(figures.slate, figures.item, strict=True)], dtype=np.intp)
    attribute, attributes = codes_of(ratings.attribute)
    feature, features = codes_of(figures.feature)
    means = (
        _means(rating_row, attribute, ratings.score, len(rows), len(attributes)),
        _means(feature_row, feature, figures.value, len(rows), len(features)),
    )
    return CandidateTable(
        slates,
        code,
        decided.item[rows],
        decided.grade[rows],
        attributes,
        features,
        np.concatenate(means, axis=1),
        ratings,
        rating_row,
    )


def _means(row: IntArray, column: IntArray, values: FloatArray, n: int, p: int) -> FloatArray:
    """Mean of the values of each cell of a table of n rows and p columns, NaN where there is none."""
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
    return np.where(known, values, mean[codes])


def declared_vector(table: CandidateTable, weights: dict[str, float]) -> FloatArray:
    """Declared weights over the standardised columns; default half on `overall`, half spread on the attributes."""
    return np.array([weights.get(name, 0.0) for name in table.columns]) if weights else _split(table, 0.5)


def _split(table: CandidateTable, share: float) -> FloatArray:
    """A share of the weight on the overall rating, the rest spread equally on the attributes."""
    others = [name != OVERALL for name in table.attributes]
    if OVERALL not in table.attributes:
        share = 0.0
    elif not any(others):
        share = 1.0
    vector = np.zeros(len(table.columns))
    vector[: len(others)] = np.where(others, (1.0 - share) / max(sum(others), 1), share)
    return vector


def prior_directions(table: CandidateTable, weights: dict[str, float]) -> FloatArray:
    """The declared direction first, then the known ways to split between the overall rating and the attributes."""
    rows = [declared_vector(table, weights)]
    if OVERALL in table.attributes and len(table.attributes) > 1:
        rows += [_split(table, share) for share in OVERALL_SHARES]
    return np.array(list(dict.fromkeys(map(tuple, rows))))
