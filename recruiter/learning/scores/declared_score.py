"""The declared score: what the cards say under the weights that were fixed before anybody was met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

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
    scored = [card for card in usable if card.attribute in columns]
    shape = (len(names), len(columns))
    cell = np.array([place[card.item] * len(columns) + columns.index(card.attribute) for card in scored], dtype=np.intp)
    score = np.array([on_five(card) for card in scored])
    total, square, count = (
        np.bincount(cell, weights=values, minlength=len(names) * len(columns)).reshape(shape).astype(np.float64)
        for values in (score, score * score, np.ones_like(score))
    )
    mean = np.divide(total, count, out=np.full(shape, np.nan), where=count > 0)
    inside = np.clip(square - np.where(count > 0, total * np.nan_to_num(mean), 0.0), 0.0, None).sum(axis=0)
    freedom = np.clip(count - 1.0, 0.0, None).sum(axis=0)
    noise = np.sqrt((NOISE_CARDS * NOISE_SD**2 + inside) / (NOISE_CARDS + freedom))
    error = np.divide(noise, np.sqrt(count), out=np.zeros(shape), where=count > 0)
    cards_of: dict[str, list[Card]] = {name: [] for name in names}
    for card in usable:
        cards_of[card.item].append(card)
    overall = [[card.score for card in given if card.attribute == OVERALL] for given in cards_of.values()]
    plain = [sum(marks) / len(marks) if marks else None for marks in overall]
    n_cards = [len({card.rater for card in given}) for given in cards_of.values()]
    return SlateCards(names, columns, mean, count, error, declared, plain, n_cards, usable)


def gather_slate(
    slate: PastSlate, weights: Mapping[str, float] | None = None, overall_weight: float = 0.5
) -> SlateCards:
    """The cards of a past slate under its declared weights; the given ones stand in where it declares none."""
    return gather(list(slate.grades), slate.cards, slate.weights or weights or {}, slate.overall_share(overall_weight))


def _declared(usable: list[Card], weights: Mapping[str, float], overall_weight: float) -> tuple[list[str], FloatArray]:
    """Columns and their declared weights, which sum to 1."""
    declared = {name: max(weight, 0.0) for name, weight in weights.items() if name != OVERALL and isfinite(weight)}
    if not sum(declared.values()) > 0:
        declared = dict.fromkeys({card.attribute for card in usable if card.attribute != OVERALL} | set(declared), 1.0)
    share = min(max(overall_weight, 0.0), 1.0) if declared else 1.0
    total = sum(declared.values()) or 1.0
    names = sorted(declared)
    return [OVERALL, *names], np.array([share, *((1.0 - share) * declared[name] / total for name in names)])


def item_weights(slate: SlateCards) -> FloatArray:
    """Declared weights per candidate, renormalised inside the attributes and between both parts to what is covered."""
    known = np.isfinite(slate.mean)
    overall, parts = slate.weights[0], slate.weights[1:]
    # An attribute nobody covered hands its weight to the other attributes, not to the overall rating.
    covered = _row_shares(np.where(known[:, 1:], parts, 0.0)) * parts.sum()
    declared = np.concatenate([np.where(known[:, :1], overall, 0.0), covered], axis=1)
    nothing = declared.sum(axis=1, keepdims=True) <= 0
    return np.where(nothing, _row_shares(known.astype(np.float64)), _row_shares(declared))


def _row_shares(values: FloatArray) -> FloatArray:
    """Each value over the sum of its row, 0 where that is 0."""
    total = values.sum(axis=1, keepdims=True)
    shares: FloatArray = np.divide(values, total, out=np.zeros_like(values), where=total > 0)
    return shares


def declared_scores(slate: SlateCards) -> FloatArray:
    """Declared score on 1 to 5 per candidate; somebody without cards stands at the mean of the others, else at 3."""
    score: FloatArray = (item_weights(slate) * np.nan_to_num(slate.mean)).sum(axis=1)
    unrated = ~np.isfinite(slate.mean).any(axis=1)
    score[unrated] = score[~unrated].mean() if (~unrated).any() else MIDDLE
    return score
