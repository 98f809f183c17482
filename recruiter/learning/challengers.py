"""The methods that the suggestion must beat or match: plain means, the declared index, logistic, forest."""

from __future__ import annotations

import numpy as np

from recruiter.learning.arrays import FloatArray, centred, within_sd
from recruiter.learning.candidate_table import OVERALL, declared_vector, fill_gaps
from recruiter.learning.forecasts import Forecast, Method, Task, scaled_forecast
from recruiter.learning.suggestion_method import suggestion

MIN_TRAIN = 2  # below this a fitted challenger has nothing to fit


def mean_overall(task: Task) -> Forecast:
    """The plain mean of the overall ratings."""
    place = task.table.attributes.index(OVERALL)
    return scaled_forecast(task, fill_gaps(task.table.raw[:, [place]], task.table.code)[:, 0])


def declared_index(task: Task) -> Forecast:
    """The declared weights on standardised card means and features."""
    return scaled_forecast(task, _standard(task) @ declared_vector(task.table, task.weights))


def logistic(task: Task) -> Forecast:
    """Logistic regression on 'got the best grade of his slate', differences within the slate."""
    from sklearn.linear_model import LogisticRegression

    X, best = _standard(task), _best(task)
    if task.n_train < MIN_TRAIN or best.min() == best.max():
        return _silent(task)
    model = LogisticRegression(max_iter=500).fit(X[task.train], best)
    return scaled_forecast(task, model.decision_function(X))


def forest(task: Task) -> Forecast:
    """Random forest on within-slate ranks; its scale is fitted on out-of-bag scores."""
    from sklearn.ensemble import RandomForestRegressor

    if task.n_train < MIN_TRAIN:
        return _silent(task)
    ranks = within_ranks(task.table.filled(), task)
    target = within_ranks(task.table.grade[:, None], task)[task.train, 0]
    model = RandomForestRegressor(
        n_estimators=150, min_samples_leaf=5, max_features=0.5, oob_score=True, random_state=task.seed, n_jobs=1
    ).fit(ranks[task.train], target)
    score = np.asarray(model.predict(ranks), dtype=np.float64)
    return scaled_forecast(task, score, np.asarray(model.oob_prediction_, dtype=np.float64))


def methods_for(task: Task) -> dict[str, Method]:
    """The methods that this history can feed; without overall ratings there is no plain mean to compare with."""
    chosen: dict[str, Method] = {"suggestion": suggestion}
    if OVERALL in task.table.attributes:
        chosen["mean_overall"] = mean_overall
    return chosen | {"declared_index": declared_index, "logistic": logistic, "forest": forest}


def within_ranks(values: FloatArray, task: Task) -> FloatArray:
    """Mid-ranks of each column within its slate, 0 to 1."""
    code = task.table.code
    result = np.full(values.shape, 0.5)
    for rows in np.split(np.arange(len(code)), np.flatnonzero(np.diff(code)) + 1):
        if len(rows) > 1:
            part = values[rows]
            below = (part[:, None, :] > part[None, :, :]).sum(axis=1)
            equal = (part[:, None, :] == part[None, :, :]).sum(axis=1) - 1
            result[rows] = (below + 0.5 * equal) / (len(rows) - 1)
    return result


def _standard(task: Task) -> FloatArray:
    filled, code = task.table.filled(), task.table.code
    result: FloatArray = centred(filled, code) / within_sd(filled[task.cards], code[task.cards])
    return result


def _best(task: Task) -> FloatArray:
    code, grade = task.table.code[task.train], task.table.grade[task.train]
    top = np.full(int(code.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(top, code, grade)
    result: FloatArray = (grade == top[code]).astype(np.float64)
    return result


def _silent(task: Task) -> Forecast:
    zero = np.zeros(len(task.table.code))
    return scaled_forecast(task, zero)
