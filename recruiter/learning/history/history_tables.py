"""Past decisions in a neutral form: decisions, ratings and features as columns, the declared weights beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, TextArray, text_array
from recruiter.learning.history.csv_table import Problem
from recruiter.learning.rating_table import RatingTable


@dataclass(frozen=True, slots=True)
class Decisions:
    """One row per candidate of a past slate; `order` sorts the slates in time, `grade` is larger for further."""

    slate: TextArray
    item: TextArray
    decided_on: TextArray
    order: FloatArray
    grade: FloatArray
    job_family: TextArray
    outcome: TextArray

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str, float, float, str, str]]) -> Decisions:
        """The table of rows of (slate, item, decided_on, order, grade, job_family, outcome)."""
        columns = list(zip(*rows, strict=True)) or [()] * 7
        texts = [text_array([str(cell) for cell in columns[place]]) for place in (0, 1, 2, 5, 6)]
        order, grade = (np.array(columns[place], dtype=np.float64) for place in (3, 4))
        return cls(texts[0], texts[1], texts[2], order, grade, texts[3], texts[4])


@dataclass(frozen=True, slots=True)
class Features:
    """One row per named figure of a candidate; used by the backtest only."""

    slate: TextArray
    item: TextArray
    feature: TextArray
    value: FloatArray

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str, float]]) -> Features:
        """The table of rows of (slate, item, feature, value)."""
        columns = list(zip(*rows, strict=True)) or [()] * 4
        texts = [text_array([str(cell) for cell in column]) for column in columns[:3]]
        return cls(texts[0], texts[1], texts[2], np.array(columns[3], dtype=np.float64))


@dataclass(frozen=True, slots=True)
class History:
    """A whole folder; `weights` is empty where none were declared; `problems` lists refused rows and notes."""

    name: str
    decisions: Decisions
    ratings: RatingTable
    features: Features
    weights: dict[str, float]
    problems: tuple[Problem, ...] = ()
