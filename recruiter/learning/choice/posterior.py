"""What past choices say of the weights: a mixture of Gaussians, averaged over priors by their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray
from recruiter.learning.choice.likelihood import Stages, fit_coefficients

# From nearly the declared weights to almost free ones; the evidence decides how much each counts.
PRIOR_SCALES = (0.05, 0.15, 0.4, 1.0)
STRENGTH = (1.0, 0.5)  # utility spread of the declared score: mean and standard deviation before any decision
CARD_STRENGTH = (1.7, 0.7)  # the same where the score rests on interviewers' cards, which say more than plain figures
MANY_CHOICES = 2000  # stages from which on the prior no longer matters, see fit_posterior
NEGLIGIBLE = 1e-4  # parts of the mixture with less than this share of the largest are dropped: no draw would meet them
DECLARED_SHARE = 0.4  # belief in the declared direction against the alternatives together, before any decision


@dataclass(frozen=True, slots=True)
class Posterior:
    """Mixture of Gaussians over coefficients: share, mean (k, p) and covariance (k, p, p) of each part."""

    share: FloatArray
    means: FloatArray
    covariances: FloatArray

    @property
    def mean(self) -> FloatArray:
        """The coefficients to rank by."""
        return self.share @ self.means

    @property
    def covariance(self) -> FloatArray:
        """Covariance of the whole mixture, parts and differences between them together."""
        gap = self.means - self.mean
        result: FloatArray = np.einsum("k,kij->ij", self.share, self.covariances)
        return result + (gap * self.share[:, None]).T @ gap

    def draws(self, n: int, seed: int) -> FloatArray:
        """Draw coefficients from the mixture by antithetic sampling.

        Args:
            n: number of draws.
            seed: the same seed gives the same draws.

        Returns:
            Shape (n, p); a row is one vector of coefficients in utility per unit of its columns.

        Notes:
            Mirrored pairs (Hammersley and Morton 1956, A new Monte Carlo technique: antithetic variates) halve the
            noise of rank shares at no cost.
        """
        rng = np.random.default_rng([seed, 7])
        half = (n + 1) // 2
        edges = np.cumsum(self.share)
        part = np.minimum(np.searchsorted(edges, (np.arange(half) + 0.5) / half), len(edges) - 1)
        noise = rng.standard_normal((half, self.means.shape[1]))
        drawn, place = np.unique(part, return_inverse=True)
        deviation = np.einsum("nij,nj->ni", _square_roots(self.covariances[drawn])[place], noise)
        both: FloatArray = np.concatenate([self.means[part] + deviation, self.means[part] - deviation])
        return both[:n]


def _square_roots(covariances: FloatArray) -> FloatArray:
    """Symmetric square roots: unlike bare eigenvectors they move with the covariance and never turn with rounding."""
    values, vectors = np.linalg.eigh(covariances)
    result: FloatArray = (vectors * np.sqrt(np.clip(values, 0.0, None))[:, None, :]) @ vectors.transpose(0, 2, 1)
    return result


@dataclass(frozen=True, slots=True)
class Prior:
    """One prior over some columns: which, the direction over them (unit utility spread), and the belief in it."""

    columns: Sequence[int]
    direction: FloatArray
    belief: float


def priors_over(directions: FloatArray, columns: Sequence[int], belief: float) -> list[Prior]:
    """A view's priors: the declared direction (first) holds its share of the belief, the others the rest in equal parts."""
    others = len(directions) - 1
    share = [DECLARED_SHARE, *[(1.0 - DECLARED_SHARE) / others] * others] if others else [1.0]
    return [Prior(columns, direction, belief * part) for direction, part in zip(directions, share, strict=True)]


def fit_posterior(
    X: FloatArray,
    stages: Stages,
    priors: Sequence[Prior],
    scales: tuple[float, ...] = PRIOR_SCALES,
    strength: tuple[float, float] = STRENGTH,
) -> Posterior:
    """Average over priors (first: the declared scorecard) and scales by Laplace evidence; X holds all columns.

    Along its direction a prior is normal in utility spread with the mean and deviation of `strength`; across it, each
    standardised weight may differ by about the prior scale; columns that it does not name weigh nothing. Without
    choices only the declared scorecard speaks. With some thousand choices the prior no longer matters: each view
    keeps its declared direction and the wider scales, which saves time and changes nothing that can be seen.

    Laplace evidence of a part: log belief - loss - penalty + (log det prior precision - log det Hessian) / 2.
    """
    if not stages.n_stages:
        priors = priors[:1]
    elif stages.n_stages > MANY_CHOICES:
        first = {tuple(prior.columns): prior for prior in reversed(priors)}
        priors, scales = list(first.values())[::-1], scales[-2:]
    total = X.shape[1]
    means, covariances, evidence = [], [], []
    start: dict[tuple[int, ...], FloatArray] = {}
    for prior in priors:
        key = tuple(prior.columns)
        view_columns = X if len(key) == total else np.ascontiguousarray(X[:, key])
        size = len(key)
        for scale in scales:
            centre = strength[0] * prior.direction
            spread = scale**2 * np.eye(size) + strength[1] ** 2 * np.outer(prior.direction, prior.direction)
            precision: FloatArray = np.linalg.inv(spread).astype(np.float64)
            beta, hessian, loss = fit_coefficients(view_columns, stages, centre, precision, start.get(key))
            start[key] = beta
            gap = beta - centre
            log_ratio = np.linalg.slogdet(precision)[1] - np.linalg.slogdet(hessian)[1]
            evidence.append(np.log(prior.belief) - loss - 0.5 * float(gap @ precision @ gap) + 0.5 * float(log_ratio))
            mean, covariance = np.zeros(total), np.zeros((total, total))
            mean[list(key)] = beta
            covariance[np.ix_(key, key)] = np.linalg.inv(hessian)
            means.append(mean)
            covariances.append(covariance)
    weight = np.exp(np.array(evidence) - max(evidence))
    significant = weight > weight.max() * NEGLIGIBLE
    share = weight[significant] / weight[significant].sum()
    return Posterior(share, np.stack(means)[significant], np.stack(covariances)[significant])
