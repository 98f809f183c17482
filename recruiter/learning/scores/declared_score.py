"""The declared score: what the cards say under the weights that were fixed before anybody was met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from recruiter.learning.arrays import FloatArray
from recruiter.learning.types import OVERALL, Card, PastSlate

MIDDLE = 3.0  # "at the bar" on the 1 to 5 scale: the neutral value where nothing is known
NOISE_SD = 0.8  # between interviewers on one attribute, before any has been seen to differ
NOISE_CARDS = 6.0  # that many cards' worth of belief in it
ITEM_SD = 0.8  # between finalists, for somebody whom nobody has rated
GRID = 2.0**36  # points lie on this grid, so that sums of points are exact in floating point


@dataclass(frozen=True, slots=True)
class SlateCards:
    """One slate's cards on 1 to 5: items and columns (overall first), means (NaN where none), counts, noise."""

    items: list[str]
    columns: list[str]
    mean: FloatArray
    count: FloatArray
    error: FloatArray
    weights: FloatArray
    plain_mean: list[float | None]
    n_cards: list[int]
    usable: list[Card]

    def rated(self) -> list[str]:
        """The columns on which at least one candidate has a card."""
        return [name for name, means in zip(self.columns, self.mean.T, strict=True) if np.isfinite(means).any()]


def on_grid(values: FloatArray) -> FloatArray:
    """Rounded to about 1e-11, so that differences and sums of points come out exactly."""
    return np.round(values * GRID) / GRID


def on_five(card: Card) -> float:
    """A score mapped linearly from its own scale to 1 to 5; NaN where score or scale is unusable.

    >>> from recruiter.learning.types import Card
    >>> on_five(Card("ada", "kim", "overall", 4.0, 1.0, 4.0))
    5.0
    """
    width = card.scale_max - card.scale_min
    if not (isfinite(card.score) and isfinite(width) and width > 0):
        return float("nan")
    return 1.0 + 4.0 * (card.score - card.scale_min) / width


def gather(
    items: Sequence[str], cards: Sequence[Card], weights: Mapping[str, float], overall_weight: float
) -> SlateCards:
    """Mean per candidate and attribute under the declared weights; cards of others and unusable ones are left out.

    Without declared weights every attribute that was rated counts equally.
    """
    names = sorted(set(items))
    place = {name: row for row, name in enumerate(names)}
    usable = sorted(
        (card for card in cards if card.item in place and isfinite(on_five(card))),
        key=lambda card: (card.item, card.attribute, card.rater, card.score),
    )
    columns, declared = _declared(usable, weights, overall_weight)
    column_of = {name: column for column, name in enumerate(columns)}
    shape = (len(names), len(columns))
    total, square, count = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    native: dict[str, list[float]] = {name: [] for name in names}
    raters: dict[str, set[str]] = {name: set() for name in names}
    for card in usable:
        raters[card.item].add(card.rater)
        if card.attribute == OVERALL:
            native[card.item].append(card.score)
        if card.attribute in column_of:
            cell = (place[card.item], column_of[card.attribute])
            value = on_five(card)
            total[cell] += value
            square[cell] += value * value
            count[cell] += 1.0
    mean = np.divide(total, count, out=np.full(shape, np.nan), where=count > 0)
    inside = np.clip(square - np.where(count > 0, total * np.nan_to_num(mean), 0.0), 0.0, None).sum(axis=0)
    freedom = np.clip(count - 1.0, 0.0, None).sum(axis=0)
    noise = np.sqrt((NOISE_CARDS * NOISE_SD**2 + inside) / (NOISE_CARDS + freedom))
    error = np.divide(noise, np.sqrt(count), out=np.zeros(shape), where=count > 0)
    plain = [sum(native[name]) / len(native[name]) if native[name] else None for name in names]
    return SlateCards(
        names, columns, mean, count, error, declared, plain, [len(raters[name]) for name in names], usable
    )


def gather_slate(
    slate: PastSlate, weights: Mapping[str, float] | None = None, overall_weight: float = 0.5
) -> SlateCards:
    """The cards of a past slate under its declared weights; the given ones stand in where it declares none."""
    return gather(list(slate.grades), slate.cards, slate.weights or weights or {}, slate.overall_share(overall_weight))


def _declared(usable: list[Card], weights: Mapping[str, float], overall_weight: float) -> tuple[list[str], FloatArray]:
    """Columns and their declared weights, which sum to 1."""
    declared = {
        name: max(float(weight), 0.0) for name, weight in weights.items() if name != OVERALL and isfinite(weight)
    }
    if not sum(declared.values()) > 0:
        declared = dict.fromkeys({card.attribute for card in usable if card.attribute != OVERALL} | set(declared), 1.0)
    share = min(max(overall_weight, 0.0), 1.0) if declared else 1.0
    total = sum(declared.values()) or 1.0
    names = sorted(declared)
    return [OVERALL, *names], np.array([share, *((1.0 - share) * declared[name] / total for name in names)])


def item_weights(slate: SlateCards) -> FloatArray:
    """Declared weights per candidate, renormalised inside the attributes and between both parts to what is covered."""
    known: npt.NDArray[np.bool_] = np.asarray(np.isfinite(slate.mean))
    overall, parts = slate.weights[0], slate.weights[1:]
    covered = np.where(known[:, 1:], parts, 0.0)
    total = covered.sum(axis=1, keepdims=True)
    # An attribute nobody covered hands its weight to the other attributes, not to the overall rating.
    spread = np.divide(covered, total, out=np.zeros_like(covered), where=total > 0) * parts.sum()
    result = np.concatenate([np.where(known[:, :1], overall, 0.0), spread], axis=1)
    whole = result.sum(axis=1, keepdims=True)
    even = np.where(known, 1.0, 0.0)
    covered_by = even.sum(axis=1, keepdims=True)
    even_share = np.divide(even, covered_by, out=np.zeros_like(even), where=covered_by > 0)
    weights: FloatArray = np.where(
        whole > 0, np.divide(result, whole, out=np.zeros_like(result), where=whole > 0), even_share
    )
    return weights


def declared_scores(slate: SlateCards) -> FloatArray:
    """Declared score on 1 to 5 per candidate; somebody without cards stands at the mean of the others, else at 3."""
    score: FloatArray = (item_weights(slate) * np.nan_to_num(slate.mean)).sum(axis=1)
    unrated = ~np.isfinite(slate.mean).any(axis=1)
    score[unrated] = score[~unrated].mean() if (~unrated).any() else MIDDLE
    return score
