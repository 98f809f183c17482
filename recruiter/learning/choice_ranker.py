"""The ranker: learns from past slates how this company weighs what it sees, and ranks new slates by it."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from recruiter.learning.arrays import FloatArray, IntArray, centred, within_sd
from recruiter.learning.choice_likelihood import build_stages
from recruiter.learning.choice_posterior import PRIOR_SCALES, STRENGTH, fit_posterior
from recruiter.learning.metrics import skill_of
from recruiter.learning.rank_draws import RankTable, noisy_utilities, rank_table, softmax_by_group

FLAT = 1e-9  # of the columns' own spread, which is 1


class GradedChoiceRanker(BaseEstimator):  # type: ignore[misc] # sklearn carries no types
    """Conditional logit over grades with a prior centred on the declared weights.

    Parameters:
        directions: prior directions over standardised columns, shape (k, p) or (p,); the first is the declared
            scorecard. None: every column equally.
        prior_scales: how far single weights may differ from the declared ones, in utility per standard deviation.
        strength: mean and standard deviation of the declared score's utility spread before any decision.
        noise_correlation: correlation of the card noise between columns (halo) wherever `se` has columns.
        draws: posterior draws behind every probability and range.
        seed: makes the draws repeatable.
    """

    def __init__(
        self,
        directions: Any = None,
        prior_scales: tuple[float, ...] = PRIOR_SCALES,
        strength: tuple[float, float] = STRENGTH,
        noise_correlation: float = 0.0,
        draws: int = 1000,
        seed: int = 0,
    ) -> None:
        self.directions = directions
        self.prior_scales = prior_scales
        self.strength = strength
        self.noise_correlation = noise_correlation
        self.draws = draws
        self.seed = seed

    def fit(self, X: Any, y: Any, groups: Any = None) -> Self:
        """Learn from candidates (n, p), their grades and their slates; a slate of one grade sets scales only."""
        X, y = validate_data(self, X, y, dtype=np.float64, y_numeric=True)
        y = np.asarray(y, dtype=np.float64)
        codes = _codes(groups, len(X))
        self.sd_ = within_sd(X, codes)
        Z = centred(X, codes) / self.sd_
        directions = unit_directions(self.directions, Z, codes)
        stages = build_stages(y, codes)
        self.n_choices_ = stages.n_stages
        self.posterior_ = fit_posterior(Z, stages, directions, tuple(self.prior_scales), self.strength)
        self.coef_: FloatArray = self.posterior_.mean / self.sd_
        return self

    def predict(self, X: Any) -> FloatArray:
        """Utility of each candidate; only differences within a slate mean anything."""
        X = self._checked(X)
        utility: FloatArray = X @ self.coef_
        return utility

    def predict_proba(self, X: Any, groups: Any = None) -> FloatArray:
        """Probability of the first offer within each slate, over what is not known of the weights; sums to 1."""
        X = self._checked(X)
        codes = _codes(groups, len(X))
        utility = centred(X, codes) @ self._weights().T
        probability: FloatArray = softmax_by_group(utility, codes).mean(axis=1)
        return probability

    def rank(self, X: Any, groups: Any = None, se: Any = None) -> RankTable:
        """Rank, shared rank and 90 % rank range of each candidate; `se` (n, p) adds the noise of the cards."""
        X = self._checked(X)
        codes = _codes(groups, len(X))
        return rank_table(X @ self.coef_, self._utilities(X, codes, se), codes)

    def pairwise_proba(self, X: Any, groups: Any = None, se: Any = None) -> FloatArray:
        """P(row better than column), shape (n, n); NaN between slates, 1/2 on the diagonal and for equals."""
        X = self._checked(X)
        codes = _codes(groups, len(X))
        utility = self._utilities(X, codes, se)
        result = np.full((len(X), len(X)), np.nan)
        for code in np.unique(codes):
            rows = np.flatnonzero(codes == code)
            gap = utility[rows][:, None, :] - utility[rows][None, :, :]
            result[np.ix_(rows, rows)] = (gap > 0).mean(axis=2) + 0.5 * (gap == 0).mean(axis=2)
        return result

    def explain(self, X: Any, a: int, b: int) -> list[dict[str, Any]]:
        """Why row a stands above row b: points per column, largest first, each with its 90 % range; points add up."""
        X = self._checked(X)
        gap = X[a] - X[b]
        points = gap * self.coef_
        spread = np.percentile(gap * self._weights(), [5, 95], axis=0)
        names = getattr(self, "feature_names_in_", None)
        order = sorted(range(len(points)), key=lambda k: (-abs(points[k]), k))
        return [
            {
                "name": str(names[k]) if names is not None else f"x{k}",
                "points": float(points[k]),
                "range": [float(spread[0, k]), float(spread[1, k])],
            }
            for k in order
        ]

    def score(self, X: Any, y: Any, groups: Any = None) -> float:
        """Skill on slates with known grades: 0 is guessing, 1 is certainty; slates of one grade are left out."""
        X = self._checked(X)
        codes = _codes(groups, len(X))
        return skill_of(np.asarray(y, dtype=np.float64), self.predict_proba(X, codes), codes)

    def _checked(self, X: Any) -> FloatArray:
        check_is_fitted(self, "posterior_")
        checked: FloatArray = validate_data(self, X, dtype=np.float64, reset=False)
        return checked

    def _weights(self) -> FloatArray:
        weights: FloatArray = self.posterior_.draws(self.draws, self.seed) / self.sd_
        return weights

    def _utilities(self, X: FloatArray, codes: IntArray, se: Any) -> FloatArray:
        noise = None if se is None else np.asarray(se, dtype=np.float64)
        return noisy_utilities(centred(X, codes), noise, self._weights(), codes, self.seed, self.noise_correlation)


def unit_directions(directions: Any, Z: FloatArray, codes: IntArray) -> FloatArray:
    """Prior directions scaled so that each alone spreads the utilities of a slate by 1."""
    p = Z.shape[1]
    rows = np.ones((1, p)) if directions is None else np.atleast_2d(np.asarray(directions, dtype=np.float64))
    if rows.shape[1] != p:
        raise ValueError(f"directions name {rows.shape[1]} columns, X has {p}")
    spread = within_sd(Z @ rows.T, codes)
    spread = np.where(spread > FLAT, spread, 1.0)  # where nobody differs, rounding is no spread to scale by
    result: FloatArray = rows / spread[:, None]
    return result


def _codes(groups: Any, n: int) -> IntArray:
    if groups is None:
        return np.zeros(n, dtype=np.intp)
    names = np.asarray(groups)
    if names.shape != (n,):
        raise ValueError(f"groups must name the slate of each of the {n} rows")
    return np.unique(names, return_inverse=True)[1].astype(np.intp)
