"""Past slates as the model sees them: its columns, its scores, whom it would have put first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recruiter.learning.arrays import FloatArray, IntArray, within_sd
from recruiter.learning.fitted_model import FittedModel
from recruiter.learning.scores.declared_score import declared_scores, gather_slate
from recruiter.learning.suggestion.slate_scores import column_map, estimates
from recruiter.learning.suggestion.suggest import scores_of
from recruiter.learning.types import OVERALL, PastSlate, in_order

TIE = 1e-9  # scores closer than this are one


@dataclass(frozen=True, slots=True)
class Design:
    """One row per candidate of a past slate: standardised columns (n, p), grade, slate; `centre` is the declared weights."""

    items: tuple[str, ...]
    code: IntArray
    grade: FloatArray
    X: FloatArray
    centre: FloatArray
    columns: tuple[str, ...]


def design_of(slates: Sequence[PastSlate], model: FittedModel | None) -> Design:
    """Lay the slates out in the model's columns; without a model the declared score is the one column."""
    past = in_order(slates)
    gathered = [gather_slate(slate) for slate in past]
    items = tuple(item for cards in gathered for item in cards.items)
    code = np.repeat(np.arange(len(past)), [len(cards.items) for cards in gathered])
    grade = np.array([float(past[k].grades[item]) for k, item in zip(code, items, strict=True)])
    nobody = np.zeros((0, 1))
    if model is None:
        X = np.concatenate([nobody, *(declared_scores(cards)[:, None] for cards in gathered)])
        return Design(items, code, grade, X / within_sd(X, code), np.ones(1), ("declared score",))
    parts = [
        estimates(cards, model)[0] @ column_map(cards.columns, cards.weights, model.columns).T for cards in gathered
    ]
    centre = np.array([model.declared[name] for name in model.columns], dtype=np.float64)
    return Design(items, code, grade, np.concatenate(parts or [nobody]) / model.sd, centre, model.columns)


def model_scores(slates: Sequence[PastSlate], model: FittedModel | None) -> dict[str, float]:
    """The score that the suggestion would have shown, per item, in points of 1 to 5."""
    scores: dict[str, float] = {}
    for slate in slates:
        scores |= scores_of(
            list(slate.grades), slate.cards, weights=slate.weights, overall_weight=slate.overall_share(), model=model
        )
    return scores


def plain_means(slates: Sequence[PastSlate]) -> dict[str, float]:
    """The plain mean of the overall recommendations, per item that has one: what people marked, untouched by a model."""
    gathered = [gather_slate(slate) for slate in slates]
    marks = {item: mark for cards in gathered for item, mark in zip(cards.items, cards.mean[:, 0], strict=True)}
    return {item: float(mark) for item, mark in marks.items() if np.isfinite(mark)}


def first_ranked(slates: Sequence[PastSlate], values: dict[str, float] | None = None) -> dict[str, bool]:
    """Who stands first of their slate, by values or, without, by the grade that was given; those who tie are all first.

    A slate of one, and one whose grades are all the same, held no choice and is left out.
    """
    first_by_item: dict[str, bool] = {}
    for slate in slates:
        if len(set(slate.grades.values())) > 1:
            ranked = {item: (slate.grades if values is None else values)[item] for item in slate.grades}
            top = max(ranked.values())
            first_by_item |= {item: value >= top - TIE for item, value in ranked.items()}
    return first_by_item


def without_attribute(slates: Sequence[PastSlate], attribute: str) -> list[PastSlate]:
    """The slates as if nobody had been asked to rate an attribute."""
    return [
        replace(
            slate,
            cards=[card for card in slate.cards if card.attribute != attribute],
            weights={name: weight for name, weight in slate.weights.items() if name != attribute},
            overall_weight=0.0 if attribute == OVERALL and slate.weights else slate.overall_weight,
        )
        for slate in slates
    ]


def shared_attributes(slates: Sequence[PastSlate], *, by: int) -> list[str]:
    """Attributes, `overall` among them, that were rated on at least so many slates."""
    counts = Counter(name for slate in slates for name in {card.attribute for card in slate.cards})
    return sorted((name for name, count in counts.items() if count >= by), key=lambda name: (name != OVERALL, name))
