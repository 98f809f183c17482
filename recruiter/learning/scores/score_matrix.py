"""Scores as a plain matrix: one row a candidate, one column a rater, NaN where he did not mark."""

from __future__ import annotations

import numpy as np

from recruiter.learning.arrays import FloatArray, TextArray, text_array
from recruiter.learning.rating_table import RatingTable

SLATE, ATTRIBUTE = "slate", "score"


def ratings_of(scores: FloatArray) -> RatingTable:
    """The same scores as rows of ratings: one slate, one attribute, rows and columns named by their place."""
    row, column = np.nonzero(np.isfinite(scores))
    n = len(row)
    nothing = np.full(n, np.nan)
    return RatingTable(
        slate=text_array([SLATE] * n),
        item=_places(row, len(scores)),
        rater=_places(column, scores.shape[1]),
        attribute=text_array([ATTRIBUTE] * n),
        score=scores[row, column],
        scale_min=nothing,
        scale_max=nothing,
        rated_on=text_array([""] * n),
    )


def pairs_of(scores: FloatArray) -> list[tuple[str, str]]:
    """(slate, item) of every row, marked or not."""
    return [(SLATE, str(item)) for item in _places(np.arange(len(scores)), len(scores))]


def _places(numbers: np.typing.NDArray[np.intp], count: int) -> TextArray:
    """Places as texts that sort as numbers do."""
    width = len(str(count))
    return text_array([str(number).zfill(width) for number in numbers])
