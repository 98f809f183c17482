"""A backtest made by hand, for tests of what is told about it."""

from __future__ import annotations

import numpy as np

from recruiter.learning.backtest.backtest_result import Backtest, MethodResult
from recruiter.learning.evaluation.calibration import calibration_bins
from recruiter.learning.evaluation.metrics import SlateScores

METHODS = ("suggestion", "mean_overall", "declared_index", "logistic", "forest", "boosting", "stack")


def result(method, size, skill, *, width=0.1, ece=0.04):
    return MethodResult(method, size, 1, skill, 0.5, 0.75, 0.9, ece, [skill - width, skill + width])


def scores(loss, n=40):
    """Scores of n slates of four, each with about this loss."""
    noise = np.linspace(-0.1, 0.1, n)
    ones = np.ones(n)
    return SlateScores(ones, ones, ones, loss + noise, ones * np.log(4))


def made(**changed):
    rng = np.random.default_rng(2)
    probability = rng.dirichlet(np.ones(4), 60)
    best = np.array([rng.choice(4, p=row) for row in probability])
    grade = (np.arange(4) == best[:, None]).astype(float).ravel()
    known = {
        "name": "Büro <b> & Söhne",
        "slates": 150,
        "pool": 90,
        "test": 60,
        "results": [
            result(name, size, 0.3 - 0.03 * k + 0.02 * j)
            for j, size in enumerate((0, 5, 20, "all"))
            for k, name in enumerate(METHODS)
        ],
        "leniency": {f"rater <{k}>": (k - 15) / 20 for k in range(31)},
        "verdict": "Better than your scorecard: 150 slates. On 60 later slates it was <better>.",
        "problems": [{"file": "ratings.csv", "line": 7, "column": "score", "why": "'<script>' is not a number"}],
        "predictions": [],
        "usable": 60,
        "calibration": calibration_bins(grade, probability.ravel(), np.repeat(np.arange(60), 4)),
        "limits": ["It cannot tell <everything>."],
    }
    return Backtest(**(known | changed))
