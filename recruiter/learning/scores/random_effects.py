"""Who is good and who is strict: the random-effects arithmetic behind the scorecard model, on numbered rows.

A card is slate + candidate + rater leniency + noise. Candidates and raters are random effects (ridge), slates are
fixed; variances come from moments, so that nothing is tuned by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, TextArray, positions_in

PRIOR_CARDS = 20.0  # a rater's own noise is believed as if the pooled noise had been seen on this many cards
ROUNDS = 40  # leniency is then within 2e-5 points of that after 400 rounds (known truth, 20 and 100 slates)
DEFAULT_HALO = 0.3  # where no candidate has two cards on one attribute


@dataclass(frozen=True, slots=True)
class Effects:
    """What past cards tell of one attribute, in units of its scale; arrays run over raters."""

    var_item: float
    var_rater: float
    var_noise: float
    mean: float
    leniency: FloatArray
    leniency_var: FloatArray
    raw_leniency: FloatArray
    noise: FloatArray
    n_cards: IntArray


def fit_effects(score: FloatArray, slate: IntArray, item: IntArray, rater: IntArray, n_raters: int) -> Effects:
    """Estimate leniency and noise per rater from past cards of one attribute.

    Args:
        score: of each rating, in units of its scale, shape (n,).
        slate: of each rating, numbered from 0, shape (n,).
        item: the candidate of each rating, numbered from 0 over all slates, shape (n,).
        rater: of each rating, below `n_raters`, shape (n,).
        n_raters: how many raters there are; those without a rating here get the prior.

    Notes:
        Backfitting of a random-effects model with variances from moments (Searle, Casella and McCulloch 1992,
        Variance components, chapter 4).
    """
    n_slates, n_items = int(slate.max()) + 1, int(item.max()) + 1
    home = np.zeros(n_items, dtype=np.intp)
    home[item] = slate
    total = max(float(np.var(score)), 1e-9)
    var_item, var_rater, noise = 0.4 * total, 0.15 * total, 0.35 * total  # where the rounds begin, not where they end
    precision = np.full(n_raters, 1.0 / noise)
    per_rater = np.bincount(rater, minlength=n_raters)
    per_item = np.bincount(item, minlength=n_items).astype(np.float64)
    candidate, leniency = np.zeros(n_items), np.zeros(n_raters)
    level = np.zeros(n_slates)
    variance = np.full(n_raters, var_rater)
    raw = np.zeros(n_raters)
    for _ in range(ROUNDS):
        weight = precision[rater]
        by_slate = np.bincount(slate, weights=weight, minlength=n_slates)
        by_item = np.bincount(item, weights=weight, minlength=n_items)
        by_rater = np.bincount(rater, weights=weight, minlength=n_raters)
        for _ in range(3):
            rest = weight * (score - candidate[item] - leniency[rater])
            level = np.bincount(slate, weights=rest, minlength=n_slates) / by_slate
            rest = weight * (score - level[slate] - leniency[rater])
            candidate = np.bincount(item, weights=rest, minlength=n_items) / (by_item + 1.0 / var_item)
            rest = weight * (score - level[slate] - candidate[item])
            rater_rest = np.bincount(rater, weights=rest, minlength=n_raters)
            leniency = rater_rest / (by_rater + 1.0 / var_rater)
        raw = np.divide(rater_rest, by_rater, out=np.zeros(n_raters), where=by_rater > 0)
        variance = 1.0 / (by_rater + 1.0 / var_rater)
        marked = per_rater > 0
        adjusted = score - leniency[rater]
        noise, var_item, spread = _moments(adjusted, slate, item, home, per_item, total)
        var_rater = max(float(np.mean(leniency[marked] ** 2 + variance[marked])), 1e-4 * total)
        inside = np.bincount(rater, weights=spread, minlength=n_raters)
        freedom = np.bincount(rater, weights=1.0 - 1.0 / per_item[item], minlength=n_raters)
        precision = (PRIOR_CARDS + freedom) / (PRIOR_CARDS * noise + inside)
    return Effects(var_item, var_rater, noise, float(score.mean()), leniency, variance, raw, 1.0 / precision, per_rater)


def _moments(
    score: FloatArray, slate: IntArray, item: IntArray, home: IntArray, per_item: FloatArray, total: float
) -> tuple[float, float, FloatArray]:
    """Noise and candidate variance by the analysis-of-variance method, leniency removed; squared residuals by row."""
    n_slates, n_items = int(slate.max()) + 1, len(per_item)
    mean = np.bincount(item, weights=score, minlength=n_items) / per_item
    spread = (score - mean[item]) ** 2
    noise_freedom = score.size - n_items
    noise = float(spread.sum()) / noise_freedom if noise_freedom > 0 else 0.5 * total
    noise = max(noise, 1e-4 * total)
    per_slate = np.bincount(home, weights=per_item, minlength=n_slates)
    slate_mean = np.bincount(home, weights=per_item * mean, minlength=n_slates) / per_slate
    between = float((per_item * (mean - slate_mean[home]) ** 2).sum())
    scale = float(per_item.sum() - (np.bincount(home, weights=per_item**2, minlength=n_slates) / per_slate).sum())
    var_item = (between - noise * (n_items - n_slates)) / scale if scale > 0 else 0.4 * total
    return noise, max(var_item, 0.02 * total), spread


def slate_posterior(
    score: FloatArray, slate: IntArray, item: IntArray, rater: IntArray, home: IntArray, effects: Effects
) -> tuple[FloatArray, FloatArray]:
    """Each candidate's level given the cards of the slate: estimate and standard error, shrunk to the slate mean.

    Each slate is solved by itself and exactly, with the raters' past leniency as prior. `home` is the slate of each
    item; codes below 0 are raters never met, each their own. Items and slates without a card are told by NaN estimates only
    where the whole slate has none.
    """
    n_items, n_slates = len(home), int(home.max()) + 1
    item_position = positions_in(home)
    n_in = np.bincount(home, minlength=n_slates)
    lowest = int(rater.min(initial=0))
    width_of_key = int(rater.max(initial=0)) - lowest + 1
    _, first, pair = np.unique(slate * width_of_key + rater - lowest, return_index=True, return_inverse=True)
    pair_slate, pair_rater = slate[first], rater[first]
    pair_position = positions_in(pair_slate)
    n_pairs = np.bincount(pair_slate, minlength=n_slates)
    estimate, error = np.full(n_items, np.nan), np.full(n_items, np.sqrt(effects.var_item))
    known, rater_index = pair_rater >= 0, np.maximum(pair_rater, 0)
    start = np.where(known, effects.leniency[rater_index], 0.0)
    doubt = np.where(known, effects.leniency_var[rater_index], effects.var_rater)
    weight = 1.0 / np.where(rater >= 0, effects.noise[np.maximum(rater, 0)], effects.var_noise)
    size = 1 + n_in + n_pairs
    for width in np.unique(size):
        batch = np.flatnonzero((size == width) & (n_pairs > 0))
        for part in np.array_split(batch, max(1, int(batch.size * width**2 // 2_000_000))):
            if part.size:
                place = np.full(n_slates, -1, dtype=np.intp)
                place[part] = np.arange(part.size)
                rows, members, part_pairs = place[slate] >= 0, place[home] >= 0, place[pair_slate] >= 0
                matrix = np.zeros((part.size, width, width))
                right = np.zeros((part.size, width))
                item_column, pair_column = 1 + item_position, 1 + n_in[pair_slate] + pair_position
                at, a, b = place[slate[rows]], item_column[item[rows]], pair_column[pair[rows]]
                w, wy = weight[rows], weight[rows] * score[rows]
                zero = np.zeros_like(a)
                for row_index in (zero, a, b):
                    np.add.at(right, (at, row_index), wy)
                    for other in (zero, a, b):
                        np.add.at(matrix, (at, row_index, other), w)
                matrix[place[home[members]], item_column[members], item_column[members]] += 1.0 / effects.var_item
                cell = (place[pair_slate[part_pairs]], pair_column[part_pairs])
                matrix[(*cell, pair_column[part_pairs])] += 1.0 / doubt[part_pairs]
                right[cell] += start[part_pairs] / doubt[part_pairs]
                inverse = np.linalg.inv(matrix)
                solved = np.einsum("sij,sj->si", inverse, right)
                at, own = place[home[members]], item_column[members]
                estimate[members] = solved[at, 0] + solved[at, own]
                error[members] = _relative_errors(inverse, at, own, n_in[home[members]], effects.var_item)
    return estimate, error


def _relative_errors(inverse: FloatArray, at: IntArray, own: IntArray, n_in: IntArray, var_item: float) -> FloatArray:
    """Standard errors of candidates against each other: what is unknown of the whole slate moves nobody past anybody.

    From the posterior covariance V, centred over the slate's n candidates and scaled by n/(n-1), so that independent
    errors of this size give the right spread of differences. A candidate alone keeps their own.
    """
    n_slates, width = len(inverse), inverse.shape[1]
    member = np.zeros((n_slates, width))
    member[at, own] = 1.0
    size = member.sum(axis=1)
    row = np.einsum("sij,sj->si", inverse, member)
    whole = np.einsum("si,si->s", row, member)
    alone = inverse[at, own, own]
    shared = 2.0 * row[at, own] / size[at] - whole[at] / size[at] ** 2
    apart = (alone - shared) * np.where(n_in > 1, n_in / np.maximum(n_in - 1, 1), 1.0)
    variance = np.where(n_in > 1, apart, alone)
    result: FloatArray = np.sqrt(np.clip(variance, 1e-12, var_item))
    return result


def mean_leniency(effects: Iterable[Effects], n_raters: int) -> tuple[FloatArray, FloatArray]:
    """Leniency of each rater over all attributes, weighted by cards, and the number of those; both of shape (n_raters,)."""
    total, cards = np.zeros(n_raters), np.zeros(n_raters)
    for part in effects:
        total += part.leniency * part.n_cards
        cards += part.n_cards
    return total / np.maximum(cards, 1), cards


def rater_codes(names: Sequence[str] | TextArray, known: Sequence[str]) -> IntArray:
    """The number of each rater among the known ones; below 0 for those never met, each their own.

    >>> rater_codes(["kim", "lee", "ada", "kim"], ["ada", "kim"]).tolist()
    [1, -1, 0, 1]
    """
    codes = {name: place for place, name in enumerate(known)}
    codes |= {name: -1 - place for place, name in enumerate(sorted(set(names) - set(known)))}
    return np.array([codes[name] for name in names], dtype=np.intp)


def halo_of(score: FloatArray, attribute: IntArray, item: IntArray, rater: IntArray, effects: list[Effects]) -> float:
    """Correlation of the noise between the attributes of one card: a good impression that colours all of them."""
    n = int(attribute.max()) + 1
    lenient = np.stack([part.leniency for part in effects])
    rest = score - lenient[attribute, rater]
    cell = item * n + attribute
    count = np.bincount(cell)
    mean = np.bincount(cell, weights=rest) / np.maximum(count, 1)
    several = count[cell] > 1
    if not several.any():
        return DEFAULT_HALO
    sd = np.sqrt([part.var_noise for part in effects])
    residual = ((rest - mean[cell]) / sd[attribute])[several]
    card = np.unique(item[several] * (int(rater.max()) + 1) + rater[several], return_inverse=True)[1]
    total = np.bincount(card, weights=residual)
    square = np.bincount(card, weights=residual**2)
    size = np.bincount(card)
    # Residuals around an item's own mean are shorter by (1 - 1/cards) in products and squares alike: a ratio of both.
    products, pairs = float((total**2 - square).sum()), float((size * (size - 1)).sum())
    if pairs <= 0 or not square.sum() > 0:  # nobody rated two attributes, or all cards agree to the last point
        return DEFAULT_HALO
    ratio = (products / pairs) / (float(square.sum()) / float(size.sum()))
    return float(np.clip(ratio, 0.0, 0.95))
