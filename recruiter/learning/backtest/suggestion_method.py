"""The suggestion as a method of the backtest: scorecard model, then the graded choice ranker."""

from __future__ import annotations

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray
from recruiter.learning.backtest.forecasts import Forecast, Task
from recruiter.learning.choice.joint_noise import noise_factor
from recruiter.learning.choice.posterior import CARD_STRENGTH, STRENGTH
from recruiter.learning.choice.ranker import GradedChoiceRanker
from recruiter.learning.choice.response_curves import BELIEF_IN_LEVEL, CARD_BELIEF
from recruiter.learning.history.candidate_table import fill_gaps, prior_directions
from recruiter.learning.scores.scorecard_model import ScorecardModel


def suggestion(task: Task) -> Forecast:
    """Forecast the test slates as the product would: leniency from visible cards, weights from known outcomes."""
    X, error, halo = design(task)
    ids = task.table.code[task.test]
    if not X.shape[1]:  # nothing was seen of anybody: everybody is as likely as the next
        sizes = np.bincount(ids)[ids]
        return Forecast(np.zeros(len(ids)), 1.0 / sizes, np.ones(len(ids), dtype=int), sizes)
    ranker = ranker_for(task, X, halo, task.train)
    seen, test = task.cards, X[task.test]
    error = error * noise_factor(X[seen], error[seen], task.table.code[seen], ranker.coef_, halo)
    ranks = ranker.rank(test, ids, error[task.test])
    return Forecast(ranker.predict(test, ids), ranker.predict_proba(test, ids), ranks.low, ranks.high)


def ranker_for(task: Task, X: FloatArray, halo: float, train: IntArray) -> GradedChoiceRanker:
    """The ranker fitted on the outcomes of some training rows; the other visible slates set scales only."""
    code, grade = task.table.code, np.zeros(len(task.table.code))
    grade[train] = task.table.grade[train]  # slates without outcome stay tied
    ranker = GradedChoiceRanker(
        directions=prior_directions(task.table, task.weights),
        nonlinear=True,
        level_belief=CARD_BELIEF if task.table.attributes else BELIEF_IN_LEVEL,
        strength=CARD_STRENGTH if task.table.attributes else STRENGTH,
        noise_correlation=halo,
        seed=task.seed,
    )
    return ranker.fit(X[task.cards], grade[task.cards], code[task.cards])


def design(task: Task) -> tuple[FloatArray, FloatArray, float]:
    """Estimates and standard errors for all rows (card estimates, then features taken as exact), and the halo."""
    table = task.table
    features = fill_gaps(table.raw[:, len(table.attributes) :], table.code)
    if not table.attributes:
        return features, np.zeros_like(features), 0.0
    visible = np.zeros(len(table.code), dtype=bool)
    visible[task.cards] = True
    model = ScorecardModel().fit(table.ratings.take(visible[table.rating_row]))
    cards = model.transform(table.ratings, table.pairs)
    estimate = np.zeros((len(table.code), len(table.attributes)))
    error = np.zeros_like(estimate)
    for place, name in enumerate(table.attributes):
        if name in cards.attributes:
            estimate[:, place], error[:, place] = cards.column(name)
    X = np.concatenate([estimate, features], axis=1)
    return X, np.concatenate([error, np.zeros_like(features)], axis=1), model.halo_
