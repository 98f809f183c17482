"""Past decisions in a neutral form: decisions, ratings and features as columns, the declared weights beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recruiter.learning.arrays import FloatArray, TextArray, columns_of_rows
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
        return cls(*columns_of_rows(rows, (str, str, str, float, float, str, str)))


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
        return cls(*columns_of_rows(rows, (str, str, str, float)))


@dataclass(frozen=True, slots=True)
class History:
    """A whole folder; `weights` is empty where none were declared; `problems` lists refused rows and notes."""

    name: str
    decisions: Decisions
    ratings: RatingTable
    features: Features
    weights: dict[str, float]
    problems: tuple[Problem, ...] = ()
