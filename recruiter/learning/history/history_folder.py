"""The history folder: past decisions in a neutral form, read into columns and written again (SPEC, section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recruiter.learning.arrays import FloatArray, TextArray, text_array
from recruiter.learning.history import history_rows as rows
from recruiter.learning.history.csv_table import HistoryRefused, Problem, Table, read_table

BAD_SHARE = 0.01


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


@dataclass(frozen=True, slots=True)
class Ratings:
    """One row per rating of a card; scales are NaN where the file names none."""

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

    def take(self, keep: TextArray) -> Ratings:
        """The rows that a mask or an index picks."""
        return Ratings(*(getattr(self, name)[keep] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Features:
    """One row per named figure of a candidate; used by the backtest only."""

    slate: TextArray
    item: TextArray
    feature: TextArray
    value: FloatArray


@dataclass(frozen=True, slots=True)
class History:
    """A whole folder; `weights` is empty where none were declared; `problems` lists refused rows and notes."""

    name: str
    decisions: Decisions
    ratings: Ratings
    features: Features
    weights: dict[str, float]
    problems: tuple[Problem, ...] = ()


def make_ratings(
    cards: list[tuple[str, str, str, str, float]], scales: list[tuple[float, float]] | None = None
) -> Ratings:
    """Columns from rows of (slate, item, rater, attribute, score) and, where known, (scale_min, scale_max)."""
    texts = [text_array([str(card[place]) for card in cards]) for place in range(4)]
    scores = np.array([card[4] for card in cards], dtype=np.float64)
    bounds = np.array(scales if scales is not None else [(np.nan, np.nan)] * len(cards), dtype=np.float64)
    bounds = bounds.reshape(len(cards), 2)
    return Ratings(
        texts[0], texts[1], texts[2], texts[3], scores, bounds[:, 0], bounds[:, 1], text_array([""] * len(cards))
    )


def read_history(folder: Path | str) -> History:
    """Read past decisions from a folder; bad rows are left out and listed with file, line, column and reason.

    Raises:
        HistoryRefused: no folder, an unknown column set, no decisions, or more than 1 % bad rows.
    """
    path = Path(folder)
    if not path.is_dir():
        raise HistoryRefused(f"There is no folder {path.name}.")
    decided = _table(path, "decisions.csv", ("slate", "item", "decided_on", "grade"), ("job_family", "outcome"))
    if decided is None:
        raise HistoryRefused(f"The folder {path.name} has no decisions.csv.")
    scale = ("rated_on", "scale_min", "scale_max")
    rated = _table(path, "ratings.csv", ("slate", "item", "rater", "attribute", "score"), scale)
    figured = _table(path, "features.csv", ("slate", "item", "feature", "value"), ())
    weighed = _table(path, "weights.csv", ("name", "weight"), ())
    decisions, known, refused = rows.decision_rows(decided)
    ratings = rows.rating_rows(rated, known, refused)
    features = rows.feature_rows(figured, known, refused)
    weights = rows.weight_rows(weighed, {*ratings[3], *features[2]})
    tables = [table for table in (decided, rated, figured, weighed) if table is not None]
    bad = [problem for table in tables for problem in table.bad]
    if not len(decisions[0]):
        raise HistoryRefused(f"The folder {path.name} holds no decisions.")
    total = sum(len(table.lines) for table in tables) + sum(1 for problem in bad if not problem.column)
    rows_bad = len({(problem.file, problem.line) for problem in bad})
    if rows_bad > BAD_SHARE * total:
        first = bad[0]
        raise HistoryRefused(
            f"{rows_bad} of {total} rows in the folder {path.name} are bad, more than 1 in 100; "
            f"the first is {first.file}, line {first.line}, {first.column or 'row'}: {first.why}."
        )
    notes = [problem for table in tables for problem in table.notes]
    return History(path.name, Decisions(*decisions), Ratings(*ratings), Features(*features), weights, (*bad, *notes))


def _table(path: Path, file: str, required: tuple[str, ...], optional: tuple[str, ...]) -> Table | None:
    return read_table(path / file, required, optional) if (path / file).is_file() else None
