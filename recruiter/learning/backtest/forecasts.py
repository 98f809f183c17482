"""What every method of the backtest is given and gives: training slates in, scores and probabilities out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred, within_sd
from recruiter.learning.choice.likelihood import build_stages, fit_coefficients
from recruiter.learning.choice.rank_draws import softmax_by_group
from recruiter.learning.history.candidate_table import CandidateTable


@dataclass(frozen=True, slots=True)
class Task:
    """One fit: which rows carry outcomes, which rows' cards may be seen, which rows are forecast."""

    table: CandidateTable
    weights: dict[str, float]
    train: IntArray
    cards: IntArray
    test: IntArray
    seed: int

    @property
    def n_train(self) -> int:
        """Slates with outcomes."""
        return len(np.unique(self.table.code[self.train]))


@dataclass(frozen=True, slots=True)
class Forecast:
    """Per test row: score, probability of the first offer, and 90 % rank range where the method tells one."""

    score: FloatArray
    probability: FloatArray
    low: IntArray | None = None
    high: IntArray | None = None


Method = Callable[[Task], Forecast]


def scaled_forecast(task: Task, score: FloatArray, held_out: FloatArray | None = None) -> Forecast:
    """Softmax of a score standardised in the pool; its scale is 1 without outcomes, else fitted on them.

    `score` runs over all rows of the table; `held_out` are scores of the training rows that were not fitted on them.
    """
    code = task.table.code
    sd = float(within_sd(score[task.cards][:, None], code[task.cards])[0])
    strength = 1.0
    if task.train.size:
        known = centred((score[task.train] if held_out is None else held_out) / sd, code[task.train])
        stages = build_stages(task.table.grade[task.train], code[task.train])
        # A faint pull to 1 keeps the scale finite where few slates are ordered perfectly.
        beta, _, _ = fit_coefficients(known[:, None], stages, np.ones(1), np.full((1, 1), 0.1))
        strength = max(float(beta[0]), 0.0)
    utility = strength * score[task.test] / sd
    probability = softmax_by_group(utility[:, None], code[task.test])[:, 0]
    return Forecast(score[task.test], probability)
