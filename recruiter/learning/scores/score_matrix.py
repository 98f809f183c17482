"""Scores as a plain matrix: one row a candidate, one column a rater, NaN where they did not mark."""

from __future__ import annotations

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.types import Card

SLATE, ATTRIBUTE = "slate", "score"


def ratings_of(scores: FloatArray) -> RatingTable:
    """The same scores as rows of ratings: one slate, one attribute, rows and columns named by their place."""
    items, raters = (_places(size) for size in scores.shape)
    return RatingTable.of(
        (SLATE, Card(items[row], raters[column], ATTRIBUTE, float(scores[row, column])))
        for row, column in np.argwhere(np.isfinite(scores))
    )


def pairs_of(scores: FloatArray) -> list[tuple[str, str]]:
    """(slate, item) of every row, marked or not."""
    return [(SLATE, item) for item in _places(len(scores))]


def _places(count: int) -> list[str]:
    """Places as texts that sort as numbers do."""
    return [str(place).zfill(len(str(count))) for place in range(count)]
