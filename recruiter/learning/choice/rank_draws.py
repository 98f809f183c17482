"""From draws to ranks: how far a candidate could rank once everything uncertain is drawn again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, positions_in

RANGE = 0.90 - 1e-9  # share of draws that a rank range holds
AHEAD = 0.80  # below this share of draws two candidates are tied


@dataclass(frozen=True, slots=True)
class RankTable:
    """Per row: place by utility (1 is best), rank shared with the tied, its 90 % range."""

    place: IntArray
    rank: IntArray
    low: IntArray
    high: IntArray


def softmax_by_group(utility: FloatArray, codes: IntArray) -> FloatArray:
    """Choice probabilities within each slate, column by column; shape as `utility` (n, draws).

    >>> softmax_by_group(np.array([[0.0], [0.0], [9.0]]), np.array([0, 0, 1])).ravel().tolist()
    [0.5, 0.5, 1.0]
    """
    order = np.argsort(codes, kind="stable")
    is_first = np.diff(codes[order], prepend=-1) != 0
    starts, block = np.flatnonzero(is_first), np.cumsum(is_first) - 1
    sorted_utility = utility[order]
    power = np.exp(sorted_utility - np.maximum.reduceat(sorted_utility, starts, axis=0)[block])
    result = np.empty_like(utility)
    result[order] = power / np.add.reduceat(power, starts, axis=0)[block]
    return result


def noisy_utilities(utility: FloatArray, spread: FloatArray, X: FloatArray, codes: IntArray, seed: int) -> FloatArray:
    """Utilities under each draw of the weights with card noise of standard deviation `spread`; both (n, draws).

    The noise of a row depends on its place among the values X of its slate, never on the order of rows or on labels.
    """
    middle = utility.mean(axis=1)
    order = np.lexsort((*np.round(X, 9).T, np.round(middle, 9), codes))
    position = positions_in(codes[order])
    noise = np.random.default_rng([seed, 11]).standard_normal((int(position.max()) + 1, utility.shape[1]))
    result = np.empty_like(utility)
    result[order] = utility[order] + spread[order] * noise[position]
    return result


def spread_of(se: FloatArray, weights: FloatArray, correlation: float) -> FloatArray:
    """Standard deviation of each row's weighted card noise under each draw of the weights; shape (n, draws)."""
    apart = se**2 @ (weights**2).T
    together = (se @ weights.T) ** 2
    return np.sqrt(np.clip((1.0 - correlation) * apart + correlation * together, 0.0, None))


def share_ahead(gap: FloatArray) -> FloatArray:
    """Share of draws (last axis) in which a difference is above 0; an even draw counts half.

    >>> float(share_ahead(np.array([1.0, 0.0, -1.0, 2.0])))
    0.625
    """
    result: FloatArray = (gap > 0).mean(axis=-1) + 0.5 * (gap == 0).mean(axis=-1)
    return result


def tie_groups(beats: FloatArray) -> IntArray:
    """Shared ranks of candidates sorted best first; `beats[i, j]` is P(i better than j).

    The top leads a group; the next ones join it until the leader beats one of them in at least 80 of 100 draws:
    that one leads the next group.

    >>> tie_groups(np.array([[0.5, 0.7, 0.9], [0.3, 0.5, 0.7], [0.1, 0.3, 0.5]])).tolist()
    [1, 1, 3]
    """
    ranks = np.ones(len(beats), dtype=np.intp)
    leader = 0
    for place in range(1, len(beats)):
        if beats[leader, place] >= AHEAD:
            leader = place
        ranks[place] = leader + 1
    return ranks


def rank_range(utility: FloatArray) -> tuple[IntArray, IntArray]:
    """Best and worst rank that together hold 90 of 100 draws, for the rows of one slate; `utility` is (n, draws).

    Ranks are whole numbers: cutting 5 of 100 off each end would keep far more than 90. The end with fewer draws
    goes first, as long as 90 of 100 stay.

    >>> low, high = rank_range(np.array([[3.0, 3.0, 1.0], [2.0, 2.0, 2.0]]))
    >>> low.tolist(), high.tolist()
    ([1, 1], [2, 2])
    """
    n, draws = utility.shape
    above = (utility[:, None, :] < utility[None, :, :]).sum(axis=1)
    low, high = np.zeros(n, dtype=np.intp), np.full(n, n - 1, dtype=np.intp)
    for row in range(n):
        share = np.bincount(above[row], minlength=n) / draws
        left, right, mass = 0, n - 1, 1.0
        while left < right:
            end = left if share[left] <= share[right] else right
            if mass - share[end] < RANGE:
                break
            mass -= share[end]
            left, right = (left + 1, right) if end == left else (left, right - 1)
        low[row], high[row] = left, right
    return low + 1, high + 1


def rank_table(score: FloatArray, utility: FloatArray, codes: IntArray) -> RankTable:
    """Ranks of all slates by score, with ties and ranges from the drawn utilities (n, draws)."""
    n = len(score)
    place, rank, low, high = (np.ones(n, dtype=np.intp) for _ in range(4))
    for code in np.unique(codes):
        rows = np.flatnonzero(codes == code)
        ordered = rows[np.argsort(-score[rows], kind="stable")]
        drawn = utility[ordered]
        gap = drawn[:, None, :] - drawn[None, :, :]
        place[ordered] = np.arange(1, len(rows) + 1)
        rank[ordered] = tie_groups(share_ahead(gap))
        low[ordered], high[ordered] = rank_range(drawn)
    return RankTable(place, rank, np.minimum(low, rank), np.maximum(high, rank))
