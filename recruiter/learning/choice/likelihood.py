"""How likely were the past choices: the conditional logit over grades within a slate.

Stage d of a slate chooses the candidates of its d-th best grade among those not yet chosen (Plackett and Luce; tied
candidates share the choice equally) and weighs 1/(1+d), since the first offer says most.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray

SHORTEST = 1e-6  # a Newton step halved below this no longer changes the answer


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages of all slates laid end to end: row of X, share chosen, stage of each entry; start and weight."""

    row: IntArray
    chosen: FloatArray
    stage: IntArray
    start: IntArray
    weight: FloatArray

    @property
    def n_stages(self) -> int:
        """How many choices the data hold; 0 means nothing was learnt from."""
        return len(self.start)


def build_stages(grade: FloatArray, groups: IntArray) -> Stages:
    """Lay out the stages of every slate; a slate with one grade only holds no choice.

    Args:
        grade: how far each candidate came, larger is further, shape (n,).
        groups: slate of each candidate, numbered from 0, shape (n,).

    >>> stages = build_stages(np.array([3.0, 1.0, 0.0]), np.array([0, 0, 0]))
    >>> stages.n_stages, stages.row.tolist(), stages.weight.tolist()
    (2, [0, 1, 2, 1, 2], [1.0, 0.5])
    """
    rows: list[IntArray] = []
    chosen: list[FloatArray] = []
    weight: list[float] = []
    order = np.lexsort((-grade, groups))
    bounds = np.flatnonzero(np.diff(groups[order], prepend=-1, append=-1))
    for low, high in itertools.pairwise(bounds):
        members = order[low:high]
        steps = np.flatnonzero(np.diff(grade[members])) + 1
        begin = 0
        for depth, end in enumerate(steps):
            rows.append(members[begin:])
            share = np.zeros(len(members) - begin)
            share[: end - begin] = 1.0 / (end - begin)
            chosen.append(share)
            weight.append(1.0 / (1 + depth))
            begin = int(end)
    sizes = np.array([len(part) for part in rows], dtype=np.intp)
    return Stages(
        row=np.concatenate([np.zeros(0, dtype=np.intp), *rows]),
        chosen=np.concatenate([np.zeros(0), *chosen]),
        stage=np.repeat(np.arange(len(rows)), sizes),
        start=np.cumsum(sizes) - sizes,
        weight=np.array(weight),
    )


def loss_of(utility: FloatArray, stages: Stages) -> tuple[float, FloatArray]:
    """Negative weighted log-likelihood, and the probability of each entry within its stage.

    Args:
        utility: of each candidate, in logits, shape (n,).
        stages: of the same candidates.

    Returns:
        The loss in nats, and shares in the order of `stages.row`.
    """
    if not stages.n_stages:
        return 0.0, np.zeros(0)
    entry = utility[stages.row]
    top = np.maximum.reduceat(entry, stages.start)
    power = np.exp(entry - top[stages.stage])
    total = np.add.reduceat(power, stages.start)
    log_share = np.log(total) + top - np.add.reduceat(stages.chosen * entry, stages.start)
    return float(stages.weight @ log_share), power / total[stages.stage]


def slopes_of(X: FloatArray, share: FloatArray, stages: Stages) -> tuple[FloatArray, FloatArray]:
    """Gradient and Hessian of the loss in the coefficients, given the shares that `loss_of` returned."""
    p = X.shape[1]
    if not stages.n_stages:
        return np.zeros(p), np.zeros((p, p))
    Z = X[stages.row]
    weight = stages.weight[stages.stage]
    gradient = Z.T @ (weight * (share - stages.chosen))
    mean = np.add.reduceat(Z * share[:, None], stages.start, axis=0)
    hessian = (Z * (weight * share)[:, None]).T @ Z - (mean * stages.weight[:, None]).T @ mean
    return gradient, hessian


def fit_coefficients(
    X: FloatArray, stages: Stages, centre: FloatArray, precision: FloatArray, start: FloatArray | None = None
) -> tuple[FloatArray, FloatArray, float]:
    """Most likely coefficients under a Gaussian prior by Newton's method with step halving.

    Args:
        X: columns of each candidate, shape (n, p).
        stages: the choices among them.
        centre: mean of the prior, shape (p,), in logits per unit of X.
        precision: inverse covariance of the prior, shape (p, p); zero gives the plain conditional logit.
        start: where to begin; the centre where it is not given.

    Returns:
        The coefficients (p,), the Hessian of the penalised loss there (p, p), and the unpenalised loss in nats.
    """

    def penalty(beta: FloatArray) -> float:
        return 0.5 * float((beta - centre) @ precision @ (beta - centre))

    beta = np.array(centre if start is None else start, dtype=np.float64)
    loss, share = loss_of(X @ beta, stages)
    value = loss + penalty(beta)
    for _ in range(50):
        gradient, hessian = slopes_of(X, share, stages)
        gradient = gradient + precision @ (beta - centre)
        hessian = hessian + precision
        step = np.linalg.solve(hessian + 1e-12 * np.eye(len(beta)), gradient)
        if float(gradient @ step) < 1e-12 * (1.0 + abs(value)):
            # The last step is taken too: it turns six right digits into twelve, whatever rounding led here.
            beta = beta - step
            loss, share = loss_of(X @ beta, stages)
            break
        length = 1.0
        while length > SHORTEST:
            trial = beta - length * step
            trial_loss, trial_share = loss_of(X @ trial, stages)
            trial_value = trial_loss + penalty(trial)
            if trial_value <= value:
                break
            length *= 0.5
        else:
            break
        beta, loss, share, value = trial, trial_loss, trial_share, trial_value
    _, hessian = slopes_of(X, share, stages)
    return beta, hessian + precision, loss
