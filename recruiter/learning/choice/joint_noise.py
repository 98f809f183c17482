"""How much the cards leave open of a utility once all attributes are read together.

Estimates are made attribute by attribute, yet attributes go together: what one leaves open, another partly tells.
Adding their errors up as if they were apart makes ranges too wide. One factor per fit sets that right.
"""

from __future__ import annotations

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, centred

LIMITS = (0.4, 1.25)  # of the factor, so that covariances of few candidates cannot make ranges vanish or explode
SMALLEST = 0.05  # directions in which candidates differ less than this share of the largest are left out


def noise_factor(X: FloatArray, se: FloatArray, codes: IntArray, weights: FloatArray, halo: float) -> float:
    """Ratio of the joint posterior spread of the utility to the one that adds errors attribute by attribute.

    Candidates' true levels are taken as jointly normal within a slate with covariance G, card means as level plus
    error E. Then E(utility | cards) = w' G (G+E)^-1 y must equal the fitted utility, which gives the true weights w,
    and Var(utility | cards) = w' (G - G (G+E)^-1 G) w.
    """
    error = np.mean(se**2, axis=0)
    separate = (1.0 - halo) * float(weights**2 @ error) + halo * float(weights @ np.sqrt(error)) ** 2
    freedom = len(X) - len(np.unique(codes))
    if separate <= 0.0 or freedom <= len(weights):
        return 1.0
    deviation = centred(X, codes)
    observed = deviation.T @ deviation / freedom
    spread = np.diag(observed)
    total = spread + error
    reliability = np.divide(spread, total, out=np.ones_like(total), where=total > 0)
    if np.any(reliability <= 0.0):
        return 1.0
    cards = observed / np.outer(reliability, reliability)
    noise = np.sqrt(np.diag(cards) * (1.0 - reliability))
    errors = halo * np.outer(noise, noise)
    np.fill_diagonal(errors, noise**2)
    values, vectors = np.linalg.eigh(cards - errors)
    retained = values > SMALLEST * max(float(values.max()), 1e-12)
    if not retained.any():
        return 1.0
    basis = vectors[:, retained]
    levels = (basis * values[retained]) @ basis.T
    inverse = (basis / values[retained]) @ basis.T
    covariance = levels + errors + 1e-9 * np.trace(errors) * np.eye(len(errors))
    true_weights = inverse @ covariance @ (reliability * weights)
    variance = float(true_weights @ (levels - levels @ np.linalg.solve(covariance, levels)) @ true_weights)
    return float(np.clip(np.sqrt(max(variance, 0.0) / separate), *LIMITS))
