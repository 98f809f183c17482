"""The methods that the suggestion must beat or match: plain means, the declared index, logistic, forest, boosting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred, within_sd
from recruiter.learning.backtest.forecasts import Forecast, Task, scaled_forecast
from recruiter.learning.choice.response_curves import mid_ranks
from recruiter.learning.history.candidate_table import declared_vector, fill_gaps
from recruiter.learning.types import OVERALL

Learner = Callable[[], Any]
FOLDS = 5  # of whole slates (Hastie, Tibshirani and Friedman 2009, section 7.10)
MIN_TRAIN = 2  # below this a fitted challenger has nothing to fit


def mean_overall(task: Task) -> Forecast:
    """The plain mean of the overall ratings."""
    place = task.table.attributes.index(OVERALL)
    return scaled_forecast(task, fill_gaps(task.table.raw[:, [place]], task.table.code)[:, 0])


def declared_index(task: Task) -> Forecast:
    """The declared weights on standardised card means and features."""
    return scaled_forecast(task, _standard(task) @ declared_vector(task.table, task.weights))


def logistic(task: Task) -> Forecast:
    """Logistic regression on 'got the best grade of the slate', differences within the slate."""
    from sklearn.linear_model import LogisticRegression

    X, code, grade = _standard(task), task.table.code[task.train], task.table.grade[task.train]
    top = np.full(int(code.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(top, code, grade)
    is_best = grade == top[code]
    if task.n_train < MIN_TRAIN or is_best.all() or not is_best.any():
        return _uninformed(task)
    model = LogisticRegression(max_iter=500).fit(X[task.train], is_best.astype(np.float64))
    return scaled_forecast(task, model.decision_function(X))


def forest(task: Task) -> Forecast:
    """Random forest on within-slate ranks; its scale is fitted on out-of-bag scores."""
    from sklearn.ensemble import RandomForestRegressor

    if task.n_train < MIN_TRAIN:
        return _uninformed(task)
    code = task.table.code
    ranks = mid_ranks(task.table.filled(), code)
    target = mid_ranks(task.table.grade[:, None], code)[task.train, 0]
    model = RandomForestRegressor(
        n_estimators=150, min_samples_leaf=5, max_features=0.5, oob_score=True, random_state=task.seed, n_jobs=1
    ).fit(ranks[task.train], target)
    score = np.asarray(model.predict(ranks), dtype=np.float64)
    return scaled_forecast(task, score, np.asarray(model.oob_prediction_, dtype=np.float64))


def boosting(task: Task) -> Forecast:
    """Gradient-boosted shallow trees on levels and places; its scale is fitted on slates that the trees had not seen."""
    if task.n_train < MIN_TRAIN:
        return _uninformed(task)
    score, held_out = out_of_fold(boosted_trees(task.seed), tree_columns(task), task)
    return scaled_forecast(task, score, held_out)


def boosted_trees(seed: int) -> Learner:
    """Shallow and slow, so that a few dozen slates do not mislead it."""
    from sklearn.ensemble import GradientBoostingRegressor

    return lambda: GradientBoostingRegressor(
        n_estimators=100, learning_rate=0.05, max_depth=2, subsample=0.7, min_samples_leaf=5, random_state=seed
    )


def tree_columns(task: Task) -> FloatArray:
    """Standardised levels and places within the slate of every row."""
    standard = _standard(task)
    return np.concatenate([standard, mid_ranks(np.round(standard, 9), task.table.code)], axis=1)


def folds_of(task: Task) -> IntArray:
    """Fold of each training row; a slate is never split."""
    code = task.table.code[task.train]
    slates = np.unique(code)
    fold = np.random.default_rng([task.seed, 13]).permutation(len(slates)) % min(FOLDS, max(len(slates), 1))
    return fold[np.searchsorted(slates, code)]


def out_of_fold(make: Learner, columns: FloatArray, task: Task) -> tuple[FloatArray, FloatArray]:
    """A regression on the within-slate rank of the grade: scores of all rows, and of training rows from other folds."""
    target = mid_ranks(task.table.grade[:, None], task.table.code)[task.train, 0]
    seen = columns[task.train]
    fold = folds_of(task)
    held_out = np.zeros(len(target))
    for number in np.unique(fold):
        inside = fold == number
        if not inside.all():
            held_out[inside] = make().fit(seen[~inside], target[~inside]).predict(seen[inside])
    score = np.asarray(make().fit(seen, target).predict(columns), dtype=np.float64)
    return score, held_out


def _standard(task: Task) -> FloatArray:
    filled, code = task.table.filled(), task.table.code
    return centred(filled, code) / within_sd(filled[task.cards], code[task.cards])


def _uninformed(task: Task) -> Forecast:
    return scaled_forecast(task, np.zeros(len(task.table.code)))
