"""What past choices say of the weights: a mixture of Gaussians, averaged over priors by their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from recruiter.learning.choice_likelihood import Stages, fit_coefficients

if TYPE_CHECKING:
    from recruiter.learning.arrays import FloatArray

PRIOR_SCALES = (0.05, 0.15, 0.4, 1.0)
STRENGTH = (1.0, 0.5)  # utility spread of the declared score: mean and standard deviation before any decision
CARD_STRENGTH = (1.7, 0.7)  # the same where the score rests on interviewers' cards, which say more than plain figures
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
        result: FloatArray = self.share @ self.means
        return result

    @property
    def covariance(self) -> FloatArray:
        """Covariance of the whole mixture, parts and differences between them together."""
        gap = self.means - self.mean
        result: FloatArray = np.einsum("k,kij->ij", self.share, self.covariances)
        return result + (gap * self.share[:, None]).T @ gap

    def draws(self, n: int, seed: int) -> FloatArray:
        """Coefficients drawn from the mixture in mirrored pairs; the same seed gives the same draws; (n, p)."""
        rng = np.random.default_rng([seed, 7])
        half = (n + 1) // 2
        edges = np.cumsum(self.share)
        part = np.minimum(np.searchsorted(edges, (np.arange(half) + 0.5) / half), len(edges) - 1)
        noise = rng.standard_normal((half, self.means.shape[1]))
        roots = np.stack([_root(covariance) for covariance in self.covariances])
        away = np.einsum("nij,nj->ni", roots[part], noise)
        both: FloatArray = np.concatenate([self.means[part] + away, self.means[part] - away])
        return both[:n]


def _root(covariance: FloatArray) -> FloatArray:
    """The symmetric square root: unlike bare eigenvectors it moves with the covariance and never turns with rounding."""
    values, vectors = np.linalg.eigh(covariance)
    result: FloatArray = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    return result


def fit_posterior(
    X: FloatArray,
    stages: Stages,
    directions: FloatArray,
    scales: tuple[float, ...] = PRIOR_SCALES,
    strength: tuple[float, float] = STRENGTH,
) -> Posterior:
    """Average over prior directions (first: the declared one; unit utility spread) and scales by Laplace evidence.

    Along its direction a prior is normal in utility spread with the mean and deviation of `strength`; across it, each standardised weight may
    differ by about the prior scale. Without choices only the declared direction speaks.
    """
    n_directions, p = directions.shape
    if not stages.n_stages:
        directions = directions[:1]
        n_directions = 1
    alternatives = max(n_directions - 1, 1)
    belief = [DECLARED_SHARE if n_directions > 1 else 1.0] + [(1 - DECLARED_SHARE) / alternatives] * (n_directions - 1)
    means, covariances, evidence = [], [], []
    start: FloatArray | None = None
    for direction, before in zip(directions, belief, strict=True):
        for scale in scales:
            centre = strength[0] * direction
            prior = scale**2 * np.eye(p) + strength[1] ** 2 * np.outer(direction, direction)
            precision: FloatArray = np.linalg.inv(prior).astype(np.float64)
            beta, hessian, loss = fit_coefficients(X, stages, centre, precision, start)
            start = beta
            gap = beta - centre
            log_ratio = np.linalg.slogdet(precision)[1] - np.linalg.slogdet(hessian)[1]
            evidence.append(np.log(before) - loss - 0.5 * float(gap @ precision @ gap) + 0.5 * float(log_ratio))
            means.append(beta)
            covariances.append(np.linalg.inv(hessian))
    weight = np.exp(np.array(evidence) - max(evidence))
    return Posterior(weight / weight.sum(), np.stack(means), np.stack(covariances))
