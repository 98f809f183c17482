"""The stack: the suggestion together with trees, weighted by how each did on past slates that it had not seen.

Trees find what the suggestion cannot say: attributes that count only together. They also find what is not there. So
the blend starts from the suggestion alone, moves only as far as forecasts of held-back past slates carry it, and
counts only by the evidence that it has won there (Bayesian model averaging over "alone" and "together").
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred, renumbered, within_sd
from recruiter.learning.backtest.challengers import Learner, boosted_trees, folds_of, out_of_fold, tree_columns
from recruiter.learning.backtest.forecasts import Forecast, Task
from recruiter.learning.backtest.suggestion_method import design, ranker_for, suggestion
from recruiter.learning.choice.likelihood import Stages, build_stages, fit_coefficients
from recruiter.learning.choice.rank_draws import softmax_by_group

MIN_SLATES = 15  # past slates below which nothing is blended: held-back forecasts of so few say nothing
OURS = (1.0, 0.3)  # weight of the suggestion's own utility: mean and standard deviation before any forecast is judged
TREES = (0.0, 0.35)  # the same for each kind of tree, per standard deviation of its score


def stack(task: Task) -> Forecast:
    """The suggestion blended with extremely randomised and boosted trees as far as past slates bear it out."""
    ours = suggestion(task)
    if task.n_train < MIN_SLATES:
        return ours
    honest, trees = _columns(task)
    code, later = task.table.code, task.table.code[task.test]
    train = renumbered(code[task.train])
    stages = build_stages(task.table.grade[task.train], train)
    honest = centred(honest, train)
    alone, _ = _blend(honest[:, :1], stages)
    together, weights = _blend(honest, stages)
    blend_share = 1.0 / (1.0 + np.exp(np.clip(alone - together, -50.0, 50.0)))
    log_probability = np.log(np.maximum(ours.probability, 1e-300))
    utility = np.concatenate([log_probability[:, None], trees], axis=1) @ np.maximum(weights, 0.0)
    blended = softmax_by_group(utility[:, None], later)[:, 0]
    probability = blend_share * blended + (1.0 - blend_share) * ours.probability
    score = (1.0 - blend_share) * _standardised(ours.score, later) + blend_share * _standardised(utility, later)
    return replace(ours, score=score, probability=probability)


def _columns(task: Task) -> tuple[FloatArray, FloatArray]:
    """Held-back forecasts of the training rows (suggestion, then trees), and the trees' scores of the test rows."""
    code = task.table.code
    X, _, halo = design(task)
    fold = folds_of(task)
    ours = np.zeros(len(task.train))
    for number in np.unique(fold):
        held_back = task.train[fold == number]
        ranker = ranker_for(task, X, halo, task.train[fold != number])
        ours[fold == number] = np.log(np.maximum(ranker.predict_proba(X[held_back], code[held_back]), 1e-300))
    columns = tree_columns(task)
    parts, later = [ours], []
    for make in (random_trees(task.seed), boosted_trees(task.seed)):
        score, honest = out_of_fold(make, columns, task)
        scale = float(within_sd(honest[:, None], code[task.train])[0])
        parts.append(honest / scale)
        later.append(score[task.test] / scale)
    return np.stack(parts, axis=1), np.stack(later, axis=1)


def random_trees(seed: int) -> Learner:
    """Extremely randomised trees: smoother than a forest, and steadier on little data."""
    from sklearn.ensemble import ExtraTreesRegressor

    return lambda: ExtraTreesRegressor(n_estimators=200, min_samples_leaf=4, max_features=0.5, random_state=seed)


def _blend(columns: FloatArray, stages: Stages) -> tuple[float, FloatArray]:
    """Laplace evidence and weights of a combination of held-back forecasts, the suggestion's first."""
    prior = [OURS] + [TREES] * (columns.shape[1] - 1)
    centre = np.array([mean for mean, _ in prior])
    precision: FloatArray = np.diag([1.0 / sd**2 for _, sd in prior])
    weights, hessian, loss = fit_coefficients(columns, stages, centre, precision)
    gap = weights - centre
    ratio = float(np.linalg.slogdet(precision)[1] - np.linalg.slogdet(hessian)[1])
    return -loss - 0.5 * float(gap @ precision @ gap) + 0.5 * ratio, weights


def _standardised(score: FloatArray, codes: IntArray) -> FloatArray:
    return centred(score, codes) / float(within_sd(score[:, None], codes)[0])
