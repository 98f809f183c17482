"""What a backtest found: figures by method and train size, predictions, calibration, verdict and limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from recruiter.learning.evaluation.calibration import CalibrationBin
from recruiter.learning.history.csv_table import ProblemRow
from recruiter.learning.types import JsonObject


def slates_text(count: int) -> str:
    """A number of slates in words.

    >>> slates_text(1), slates_text(20)
    ('1 slate', '20 slates')
    """
    return "1 slate" if count == 1 else f"{count} slates"


def best_figure(results: Sequence[MethodResult], name: str) -> float:
    """The best of a figure among methods; of the calibration error (`ece`) the smallest."""
    figures = [getattr(result, name) for result in results]
    return float(min(figures) if name == "ece" else max(figures))


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One method at one train size, over its draws."""

    method: str
    train_size: int | str
    draws: int
    skill: float
    top1: float
    auc: float
    ndcg: float
    ece: float
    skill_range: list[float]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the suggestion said of one candidate of one test slate."""

    train_size: int | str
    draw: int
    slate: str
    item: str
    score: float
    probability: float
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """Everything that a backtest found; `as_dict` is its JSON. `results` is empty where no test slate held a choice.

    `usable` counts the test slates that held a choice; `calibration` is the suggestion's at the largest train size.
    """

    name: str
    slates: int
    pool: int
    test: int
    results: list[MethodResult]
    leniency: dict[str, float]
    verdict: str
    problems: list[ProblemRow]
    predictions: list[Prediction]
    usable: int = 0
    calibration: list[CalibrationBin] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)

    def as_dict(self) -> JsonObject:
        """The JSON shape of `recruiter backtest --json`; predictions are a file of their own."""
        return {
            "set": self.name,
            "slates": self.slates,
            "pool": self.pool,
            "test": self.test,
            "results": [asdict(result) for result in self.results],
            "leniency": self.leniency,
            "verdict": self.verdict,
            "problems": self.problems,
        }
