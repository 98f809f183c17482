"""The ranker: learns from past slates how this company weighs what it sees, and ranks new slates by it."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from recruiter.learning.arrays import FloatArray, IntArray, centred, renumbered, within_sd
from recruiter.learning.choice import rank_draws
from recruiter.learning.choice import response_curves as curves
from recruiter.learning.choice.likelihood import build_stages
from recruiter.learning.choice.posterior import PRIOR_SCALES, STRENGTH, Prior, fit_posterior, priors_over
from recruiter.learning.evaluation.metrics import skill_of
from recruiter.learning.types import JsonObject

ArrayLike = Any  # arrays, frames and lists, as the validation of scikit-learn takes them; None where it is optional
FLAT = 1e-9  # of the columns' own spread, which is 1


class GradedChoiceRanker(BaseEstimator):  # type: ignore[misc] # sklearn carries no types
    """Conditional logit over grades with a prior centred on the declared weights.

    Of the candidates C that are still there at stage d of a slate, those of the best grade are chosen with
    P(i) = exp(u_i) / sum over C of exp(u_j), u = w'x; stage d weighs 1/(1+d). w has a Gaussian prior around the
    declared direction; prior directions, scales and shapes are averaged by Laplace evidence, and the posterior is the
    mixture of their Laplace approximations.

    Sources: McFadden (1974), Conditional logit analysis of qualitative choice behavior; Plackett (1975), The analysis
    of permutations, and Luce (1959), Individual choice behavior, for the stages; MacKay (1992), Bayesian
    interpolation, for the evidence.

    Parameters:
        directions: prior directions over standardised columns, shape (k, p) or (p,); the first is the declared
            scorecard. None: every column equally.
        prior_scales: how far single weights may differ from the declared ones, in utility per standard deviation.
        nonlinear: which columns may have another shape than their level (see `shapes`): None, True, or one truth value each.
        level_belief: belief that levels alone count, before any decision; the other shapes share the rest.
        strength: mean and standard deviation of the declared score's utility spread before any decision.
        noise_correlation: correlation of the card noise between columns (halo) wherever `se` has columns.
        draws: posterior draws behind every probability and range.
        seed: makes the draws repeatable.
    """

    def __init__(
        self,
        directions: ArrayLike = None,
        prior_scales: tuple[float, ...] = PRIOR_SCALES,
        nonlinear: ArrayLike = None,
        level_belief: float = curves.BELIEF_IN_LEVEL,
        strength: tuple[float, float] = STRENGTH,
        noise_correlation: float = 0.0,
        draws: int = 1000,
        seed: int = 0,
    ) -> None:
        self.directions = directions
        self.prior_scales = prior_scales
        self.nonlinear = nonlinear
        self.level_belief = level_belief
        self.strength = strength
        self.noise_correlation = noise_correlation
        self.draws = draws
        self.seed = seed

    def fit(self, X: ArrayLike, y: ArrayLike, groups: ArrayLike = None) -> Self:
        """Learn from candidates (n, p), their grades and their slates; a slate of one grade sets scales only."""
        X, y = validate_data(self, X, y, dtype=np.float64, y_numeric=True)
        y = np.asarray(y, dtype=np.float64)
        codes = _codes(groups, len(X))
        self.sd_ = within_sd(X, codes)
        Z = centred(X, codes) / self.sd_
        nonlinear = np.broadcast_to(np.asarray(self.nonlinear, dtype=bool), (X.shape[1],))
        straight = np.ones((1, X.shape[1]))
        self.scales_: FloatArray = curves.shape_scales(Z, codes) if nonlinear.any() else straight
        self.slopes_: FloatArray = curves.level_slopes(Z, codes, self.scales_) if nonlinear.any() else straight
        columns = curves.shape_columns(Z, codes, self.scales_)
        priors = self._priors(columns, codes, nonlinear)
        stages = build_stages(y, codes)
        self.n_choices_ = stages.n_stages
        self.posterior_ = fit_posterior(columns, stages, priors, tuple(self.prior_scales), self.strength)
        self.coef_: FloatArray = curves.level_weights(self.posterior_.mean, self.slopes_, self.sd_)
        return self

    def predict(self, X: ArrayLike, groups: ArrayLike = None) -> FloatArray:
        """Utility of each candidate; only differences within a slate mean anything.

        Without shapes it is linear and needs no `groups`; with them it depends on who else stands in the slate.
        """
        X, codes = self._checked(X, groups)
        linear = len(self.scales_) == 1
        utility: FloatArray = X @ self.coef_ if linear else self._columns(X, codes) @ self.posterior_.mean
        return utility

    def predict_proba(self, X: ArrayLike, groups: ArrayLike = None) -> FloatArray:
        """Probability of the first offer within each slate, over what is not known of the weights; sums to 1."""
        X, codes = self._checked(X, groups)
        utility = self._columns(X, codes) @ self._weights().T
        result: FloatArray = rank_draws.softmax_by_group(utility, codes).mean(axis=1)
        return result

    def rank(self, X: ArrayLike, groups: ArrayLike = None, se: ArrayLike = None) -> rank_draws.RankTable:
        """Rank, shared rank and 90 % rank range of each candidate; `se` (n, p) adds the noise of the cards."""
        X, codes = self._checked(X, groups)
        score = self._columns(X, codes) @ self.posterior_.mean
        return rank_draws.rank_table(score, self._utilities(X, codes, se), codes)

    def pairwise_proba(self, X: ArrayLike, groups: ArrayLike = None, se: ArrayLike = None) -> FloatArray:
        """P(row better than column), shape (n, n); NaN between slates, 1/2 on the diagonal and for equals."""
        X, codes = self._checked(X, groups)
        utility = self._utilities(X, codes, se)
        result = np.full((len(X), len(X)), np.nan)
        for code in np.unique(codes):
            rows = np.flatnonzero(codes == code)
            gap = utility[rows][:, None, :] - utility[rows][None, :, :]
            result[np.ix_(rows, rows)] = rank_draws.share_ahead(gap)
        return result

    def explain(self, X: ArrayLike, a: int, b: int, groups: ArrayLike = None) -> list[JsonObject]:
        """Why row a stands above row b: points per column, largest first, each with its 90 % range; points add up."""
        X, codes = self._checked(X, groups)
        p = X.shape[1]
        gap = np.subtract(*self._columns(X, codes)[[a, b]])
        points = (gap * self.posterior_.mean).reshape(-1, p).sum(axis=0)
        drawn = (gap * self._weights()).reshape(self.draws, -1, p).sum(axis=1)
        spread = np.percentile(drawn, [5, 95], axis=0)
        names = getattr(self, "feature_names_in_", None)
        order = sorted(range(p), key=lambda k: (-abs(points[k]), k))
        return [
            {
                "name": str(names[k]) if names is not None else f"x{k}",
                "points": float(points[k]),
                "range": [float(spread[0, k]), float(spread[1, k])],
            }
            for k in order
        ]

    def score(self, X: ArrayLike, y: ArrayLike, groups: ArrayLike = None) -> float:
        """Skill on slates with known grades: 0 is guessing, 1 is certainty; slates of one grade are left out."""
        X, codes = self._checked(X, groups)
        return skill_of(np.asarray(y, dtype=np.float64), self.predict_proba(X, codes), codes)

    def _priors(self, columns: FloatArray, codes: IntArray, nonlinear: FloatArray) -> list[Prior]:
        """The priors of every view; each view's declared weights stand on its first shape."""
        p = len(nonlinear)
        rows = directions_over(self.directions, p)
        views = curves.VIEWS if nonlinear.any() else curves.LEVEL_ONLY
        rest = (1.0 - self.level_belief) / max(len(views) - 1, 1)
        priors: list[Prior] = []
        for place, view in enumerate(views):
            chosen = curves.columns_of(view, p, nonlinear)
            lead = unit_directions(rows, columns[:, chosen[:p]], codes)
            padded = np.concatenate([lead, np.zeros((len(rows), len(chosen) - p))], axis=1)
            priors += priors_over(padded, chosen, rest if place else 1.0 - rest * (len(views) - 1))
        return priors

    def _checked(self, X: ArrayLike, groups: ArrayLike) -> tuple[FloatArray, IntArray]:
        check_is_fitted(self, "posterior_")
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return X, _codes(groups, len(X))

    def _columns(self, X: FloatArray, codes: IntArray) -> FloatArray:
        return curves.shape_columns(centred(X, codes) / self.sd_, codes, self.scales_)

    def _weights(self) -> FloatArray:
        return self.posterior_.draws(self.draws, self.seed)

    def _utilities(self, X: FloatArray, codes: IntArray, se: ArrayLike) -> FloatArray:
        weights = self._weights()
        utility: FloatArray = self._columns(X, codes) @ weights.T
        if se is None:
            return utility
        spread = np.asarray(se, dtype=np.float64)
        if spread.ndim == 1:  # in utility already
            spread = np.repeat(spread[:, None], len(weights), axis=1)
        else:
            spread = rank_draws.spread_of(
                spread, curves.level_weights(weights, self.slopes_, self.sd_), self.noise_correlation
            )
        return rank_draws.noisy_utilities(utility, spread, X, codes, self.seed)


def directions_over(directions: ArrayLike, p: int) -> FloatArray:
    """Prior directions as rows over p columns; None: every column equally."""
    rows = np.ones((1, p)) if directions is None else np.atleast_2d(np.asarray(directions, dtype=np.float64))
    if rows.shape[1] != p:
        raise ValueError(f"directions name {rows.shape[1]} columns, X has {p}")
    return rows


def unit_directions(rows: FloatArray, Z: FloatArray, codes: IntArray) -> FloatArray:
    """Prior directions scaled so that each alone spreads the utilities of a slate by 1."""
    spread = within_sd(Z @ rows.T, codes)
    spread = np.where(spread > FLAT, spread, 1.0)  # where nobody differs, rounding is no spread to scale by
    return rows / spread[:, None]


def _codes(groups: ArrayLike, n: int) -> IntArray:
    if groups is None:
        return np.zeros(n, dtype=np.intp)
    names = np.asarray(groups)
    if names.shape != (n,):
        raise ValueError(f"groups must name the slate of each of the {n} rows")
    return renumbered(names)
