"""Ratings as columns: the one form in which a history folder and a database hand them to what learns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from recruiter.learning.arrays import FloatArray, TextArray, columns_of_rows
from recruiter.learning.types import Card

COLUMNS = ("slate", "item", "rater", "attribute", "score", "scale_min", "scale_max", "rated_on")
KINDS = (str, str, str, str, float, float, float, str)
CELLS_OF_CARD = attrgetter(*COLUMNS[1:])


@dataclass(frozen=True, slots=True)
class RatingTable:
    """One row per rating, every column of shape (n,); scales are NaN where none is named."""

    slate: TextArray
    item: TextArray
    rater: TextArray
    attribute: TextArray
    score: FloatArray
    scale_min: FloatArray
    scale_max: FloatArray
    rated_on: TextArray

    def __len__(self) -> int:
        return len(self.score)

    @classmethod
    def of(cls, ratings: Iterable[tuple[str, Card]]) -> RatingTable:
        """The table of some ratings, each with the name of its slate; rows keep their order.

        >>> table = RatingTable.of([("S1", Card("ada", "kim", "overall", 3.0, 1.0, 4.0))])
        >>> len(table), float(table.on_common_scale().score[0])
        (1, 3.6666666666666665)
        """
        return cls(*columns_of_rows(((slate, *CELLS_OF_CARD(card)) for slate, card in ratings), KINDS))

    def rows(self) -> Iterator[tuple[str, Card]]:
        """The name of its slate and the rating of each row: what `of` takes."""
        for slate, *cells in zip(*(getattr(self, name).tolist() for name in COLUMNS), strict=True):
            yield slate, Card(*cells)

    def pairs(self) -> list[tuple[str, str]]:
        """(slate, item) of every row."""
        return list(zip(self.slate, self.item, strict=True))

    def take(self, rows: npt.NDArray[Any]) -> RatingTable:
        """The rows that a mask or an index picks."""
        return RatingTable(*(getattr(self, name)[rows] for name in COLUMNS))

    def sorted(self) -> RatingTable:
        """Rows in one fixed order, so that sums come out the same to the last bit however they were read."""
        columns = (self.slate, self.item, self.attribute, self.rater, self.score)
        order = sorted(range(len(self)), key=lambda k: tuple(column[k] for column in columns))
        return self.take(np.array(order, dtype=np.intp))

    def on_common_scale(self) -> RatingTable:
        """Every rating that names its scale mapped linearly to 1..5; others keep their numbers."""
        low, high = self.scale_min, self.scale_max
        has_scale = np.isfinite(low) & np.isfinite(high) & (high > low)
        width = np.where(has_scale, high - low, 1.0)
        score = np.where(has_scale, 1.0 + 4.0 * (self.score - np.where(has_scale, low, 0.0)) / width, self.score)
        return replace(self, score=score)
