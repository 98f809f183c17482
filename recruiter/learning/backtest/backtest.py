"""How well would the suggestion have foreseen past decisions: the backtest on a history folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray
from recruiter.learning.backtest.backtest_limits import limits_of
from recruiter.learning.backtest.backtest_result import Backtest, MethodResult, Prediction
from recruiter.learning.backtest.backtest_verdict import OURS, verdict_of
from recruiter.learning.backtest.forecasts import Forecast, Task
from recruiter.learning.backtest.methods import methods_for
from recruiter.learning.evaluation.calibration import calibration_bins
from recruiter.learning.evaluation.metrics import SlateScores, choices_in, slate_scores
from recruiter.learning.history.candidate_table import CandidateTable, build_table
from recruiter.learning.history.history_tables import History
from recruiter.learning.scores.scorecard_model import ScorecardModel

TRAIN_SIZES: tuple[int | str, ...] = (0, 5, 10, 20, 50, 100, "all")  # past slates that a forecast has learnt from
SCALING_SLATES = 20  # cards, never outcomes, of at least so many pool slates may set scales and leniency


def run_backtest(
    history: History,
    *,
    split: float = 0.6,
    train_sizes: Sequence[int | str] = TRAIN_SIZES,
    draws: int = 5,
    seed: int = 0,
    reported_method: str = OURS,
    progress: Callable[[str], None] | None = None,
) -> Backtest:
    """Fit on draws of past slates, forecast the later ones, compare with plain methods.

    The first `split` share of slates in time is the pool, the rest the test part. A train size at or above the pool
    is `all`. `reported_method` is the method whose predictions are given. Probabilities of a slate sum to 1. The same
    seed gives the same figures. Too few decisions are no error: the verdict says so.

    Raises:
        ValueError: a split outside 0 to 1, no train size or one below 0, draws below 1 or a seed below 0.
    """
    check_options(split, train_sizes, draws, seed)
    table = build_table(history)
    n_slates = len(table.slates)
    n_pool = round(n_slates * split)
    test = np.flatnonzero(table.code >= n_pool)
    grade, code = table.grade[test], table.code[test]
    usable = len(choices_in(grade, code))
    sizes = sizes_in(train_sizes, n_pool) if len(test) else []
    results: list[MethodResult] = []
    predictions: list[Prediction] = []
    details: dict[str, SlateScores] = {}
    probabilities: list[FloatArray] = []
    for size in sizes:
        rounds = 1 if size in (0, "all") else draws
        scored: dict[str, list[tuple[SlateScores, float]]] = defaultdict(list)
        probabilities = []
        for draw in range(rounds):
            if progress is not None:
                progress(f"train size {size}, draw {draw + 1} of {rounds}")
            task = _task(table, history.weights, n_pool, size, draw, test, seed)
            for method, forecast_by in methods_for(task).items():
                if method not in {OURS, reported_method} and not (usable and table.columns):
                    continue  # nothing to compare by or with, yet every test item has its prediction
                forecast = forecast_by(task)
                scored[method].append(slate_scores(grade, forecast.score, forecast.probability, code))
                if method == reported_method:
                    predictions += _predictions(table, test, forecast, size, draw)
                if method == OURS:
                    probabilities.append(forecast.probability)
        if usable:
            details = {method: SlateScores.mean(scores for scores, _ in parts) for method, parts in scored.items()}
            for method, scores in details.items():
                ece = float(np.mean([error for _, error in scored[method]]))
                skill_range = scores.skill_range(seed)
                results.append(MethodResult(method, size, rounds, **scores.means(), ece=ece, skill_range=skill_range))
    times, foreseen = len(probabilities), np.concatenate([np.zeros(0), *probabilities])
    bins = calibration_bins(np.tile(grade, times), foreseen, np.tile(code, times), seed=seed)
    model = _scorecard_model(table, n_pool)
    return Backtest(
        name=history.name,
        slates=n_slates,
        pool=n_pool,
        test=n_slates - n_pool,
        results=results,
        leniency=model.leniency() if model is not None else {},
        verdict=verdict_of(results, details, n_slates=n_slates, n_pool=n_pool, scorecards=bool(table.attributes)),
        problems=[problem.as_dict() for problem in history.problems],
        predictions=predictions,
        usable=usable,
        calibration=bins,
        limits=limits_of(table, n_pool, usable, groups=len(model.components_) if model is not None else 0),
    )


def check_options(split: float, train_sizes: Sequence[int | str], draws: int, seed: int) -> None:
    """Raises ValueError with one sentence for options that mean nothing."""
    if not 0.0 <= split <= 1.0:
        raise ValueError("The split must lie between 0 and 1.")
    if not train_sizes or draws < 1 or any(size != "all" and int(size) < 0 for size in train_sizes):
        raise ValueError("Train sizes start at 0 and draws at 1.")
    if seed < 0:
        raise ValueError("The seed must be 0 or more.")


def sizes_in(train_sizes: Sequence[int | str], n_pool: int) -> list[int | str]:
    """The train sizes that this pool has, each once and rising; what reaches the whole pool is `all`."""
    sizes: set[int | str] = {
        "all" if size == "all" or (int(size) >= n_pool and int(size) > 0) else int(size) for size in train_sizes
    }
    numbers = sorted(size for size in sizes if isinstance(size, int))
    return [*numbers, *(["all"] if "all" in sizes else [])]


def _task(
    table: CandidateTable, weights: dict[str, float], n_pool: int, size: int | str, draw: int, test: IntArray, seed: int
) -> Task:
    n = n_pool if size == "all" else int(size)
    rng = np.random.default_rng([seed, n, draw])
    order = np.arange(n_pool) if size == "all" else rng.permutation(n_pool)
    train = np.flatnonzero(np.isin(table.code, order[:n]))
    cards = np.flatnonzero(np.isin(table.code, order[: max(n, SCALING_SLATES)]))
    if len(table.ratings) and not np.isin(table.rating_row, cards).any():
        # No card was seen before: leniency and scales come from the cards of the slates to be foreseen, as they
        # would at a company's first search. Outcomes stay unseen.
        cards = np.union1d(cards, test)
    elif not cards.size:
        cards = test
    return Task(table, weights, train, cards, test, seed)


def _predictions(
    table: CandidateTable, test: IntArray, forecast: Forecast, size: int | str, draw: int
) -> list[Prediction]:
    low = forecast.low if forecast.low is not None else np.ones(len(test), dtype=np.intp)
    high = forecast.high if forecast.high is not None else np.bincount(table.code)[table.code[test]]
    figures = (column.tolist() for column in (forecast.score, forecast.probability, low, high))
    return [
        Prediction(size, draw, table.slates[table.code[row]], table.item[row], *cells)
        for row, *cells in zip(test, *figures, strict=True)
    ]


def _scorecard_model(table: CandidateTable, n_pool: int) -> ScorecardModel | None:
    """The scorecard model of the whole pool, for what it says of raters; None where the pool has no card."""
    visible = table.code[table.rating_row] < n_pool if len(table.ratings) else np.zeros(0, dtype=bool)
    return ScorecardModel().fit(table.ratings.take(visible)) if visible.any() else None
