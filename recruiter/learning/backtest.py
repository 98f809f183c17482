"""How well would the suggestion have foreseen past decisions: the backtest on a history folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from recruiter.learning.backtest_verdict import verdict_of
from recruiter.learning.candidate_table import CandidateTable, lay_out
from recruiter.learning.forecasts import Forecast, Task
from recruiter.learning.methods import methods_for
from recruiter.learning.metrics import SlateScores, slate_scores, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recruiter.learning.arrays import IntArray
    from recruiter.learning.history_folder import History

TRAIN_SIZES: tuple[int | str, ...] = (0, 5, 10, 20, 50, 100, "all")
SCALING_SLATES = 20  # cards, never outcomes, of at least so many pool slates may set scales and leniency


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
    """Everything that a backtest found; `as_dict` is its JSON."""

    name: str
    slates: int
    pool: int
    test: int
    results: list[MethodResult]
    leniency: dict[str, float]
    verdict: str
    problems: list[dict[str, Any]]
    predictions: list[Prediction]

    def as_dict(self) -> dict[str, Any]:
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


def run_backtest(
    history: History,
    *,
    split: float = 0.6,
    train_sizes: Sequence[int | str] = TRAIN_SIZES,
    draws: int = 5,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Backtest:
    """Fit on draws of past slates, forecast the later ones, compare with plain methods.

    The first `split` share of slates in time is the pool, the rest the test part. A train size at or above the pool
    is `all`. Probabilities of a slate sum to 1. The same seed gives the same figures.

    Raises:
        ValueError: a split outside 0 to 1, a negative train size or draws below 1.
    """
    if not 0.0 <= split <= 1.0:
        raise ValueError("The split must lie between 0 and 1.")
    if draws < 1 or any(isinstance(size, int) and size < 0 for size in train_sizes):
        raise ValueError("Train sizes start at 0 and draws at 1.")
    table = lay_out(history)
    n_slates = len(table.slates)
    n_pool = min(round(n_slates * split), n_slates)
    test = np.flatnonzero(table.code >= n_pool)
    results: list[MethodResult] = []
    predictions: list[Prediction] = []
    details: dict[str, SlateScores] = {}
    for size in sizes_in(train_sizes, n_pool):
        rounds = 1 if size in (0, "all") else draws
        found: dict[str, list[tuple[SlateScores, float]]] = {}
        for draw in range(rounds):
            if progress is not None:
                progress(f"train size {size}, draw {draw + 1} of {rounds}")
            task = _task(table, history.weights, n_pool, size, draw, test, seed)
            for method, forecast_by in methods_for(task).items():
                forecast = forecast_by(task)
                scores = slate_scores(table.grade[test], forecast.score, forecast.probability, table.code[test])
                found.setdefault(method, []).append(scores)
                if method == "suggestion":
                    predictions += _predictions(table, test, forecast, size, draw)
        for method, parts in found.items():
            results.append(_result(method, size, parts, seed))
            if size == "all":
                details[method] = _pooled(parts)
    verdict = verdict_of(results, details, n_pool)
    problems = [asdict(problem) for problem in history.problems]
    return Backtest(
        history.name,
        n_slates,
        n_pool,
        n_slates - n_pool,
        results,
        _leniency(table, n_pool),
        verdict,
        problems,
        predictions,
    )


def sizes_in(train_sizes: Sequence[int | str], n_pool: int) -> list[int | str]:
    """The train sizes that this pool has, each once; what reaches the whole pool is `all`."""
    sizes: list[int | str] = []
    for size in train_sizes:
        real: int | str = "all" if size == "all" or (int(size) >= n_pool and int(size) > 0) else int(size)
        if real not in sizes:
            sizes.append(real)
    return sizes


def _task(
    table: CandidateTable,
    weights: dict[str, float],
    n_pool: int,
    size: int | str,
    draw: int,
    test: IntArray,
    seed: int,
) -> Task:
    n = n_pool if size == "all" else int(size)
    rng = np.random.default_rng([seed, n, draw])
    order = np.arange(n_pool) if size == "all" else rng.permutation(n_pool)
    train = np.flatnonzero(np.isin(table.code, order[:n]))
    cards = np.flatnonzero(np.isin(table.code, order[: max(n, SCALING_SLATES)]))
    return Task(table, weights, train, cards, test, seed)


def _predictions(
    table: CandidateTable, test: IntArray, forecast: Forecast, size: int | str, draw: int
) -> list[Prediction]:
    low = forecast.low if forecast.low is not None else np.ones(len(test), dtype=np.intp)
    high = forecast.high if forecast.high is not None else low
    return [
        Prediction(
            size,
            draw,
            table.slates[table.code[row]],
            table.item[row],
            float(forecast.score[place]),
            float(forecast.probability[place]),
            int(low[place]),
            int(high[place]),
        )
        for place, row in enumerate(test)
    ]


def _pooled(parts: list[tuple[SlateScores, float]]) -> SlateScores:
    names = SlateScores.__slots__
    return SlateScores(*(np.mean([getattr(scores, name) for scores, _ in parts], axis=0) for name in names))


def _result(method: str, size: int | str, parts: list[tuple[SlateScores, float]], seed: int) -> MethodResult:
    pooled = _pooled(parts)
    ece = float(np.mean([error for _, error in parts]))
    figures = summary(pooled, ece)
    return MethodResult(method, size, len(parts), **figures.as_dict(), skill_range=pooled.skill_range(seed))


def _leniency(table: CandidateTable, n_pool: int) -> dict[str, float]:
    from recruiter.learning.scorecard_model import ScorecardModel

    visible = table.code[table.rating_row] < n_pool if len(table.ratings) else np.zeros(0, dtype=bool)
    if not visible.any():
        return {}
    return ScorecardModel().fit(table.ratings.take(visible)).leniency()
