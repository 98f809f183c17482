"""Made slates in which the bias is known: in the decisions, in the cards, in both or in neither; groups fall by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recruiter.learning.types import Card, PastSlate
from tests.learning.known_truth import make_truth


@dataclass(frozen=True)
class Biased:
    slates: list[PastSlate]
    answers: dict[str, dict[str, str]]


def make_biased(n_slates, seed, *, choice_bias=0.0, card_bias=0.0, share=0.5, unknown=0.0, gap=0.0):
    """Slates of the known-truth generator, decided anew: `choice_bias` logits against group B, `card_bias` points off its cards.

    `gap` is a real difference of B in utility and cards, which no fair reader would call bias.
    """
    rng = np.random.default_rng([seed, 41])
    truth = make_truth(n_slates, seed)
    pairs = sorted(truth.utility)
    group = {pair: "B" if rng.random() < share else "A" for pair in pairs}
    cards: dict[str, list[Card]] = {}
    ratings = truth.history.ratings
    for slate, item, rater, attribute, score in zip(
        ratings.slate, ratings.item, ratings.rater, ratings.attribute, ratings.score, strict=True
    ):
        off = card_bias + gap if group[slate, item] == "B" else 0.0
        cards.setdefault(slate, []).append(Card(f"{slate}-{item}", rater, attribute, float(score - off), 1.0, 5.0))
    slates = []
    for place, slate in enumerate(sorted({slate for slate, _ in pairs})):
        here = [pair for pair in pairs if pair[0] == slate]
        pull = np.array([truth.utility[pair] - (choice_bias + gap) * (group[pair] == "B") for pair in here])
        order = np.argsort(-(pull + rng.gumbel(size=len(here))))
        grade = np.zeros(len(here))
        grade[order[: max(2, len(here) // 2)]] = 1
        grade[order[0]] = 3
        if rng.random() < 0.15:
            grade[order[1]] = 2
        grades = {f"{s}-{i}": float(g) for (s, i), g in zip(here, grade, strict=True)}
        slates.append(PastSlate(slate, cards.get(slate, []), grades, float(place)))
    answers = {f"{s}-{i}": answer for (s, i), answer in group.items() if rng.random() >= unknown}
    return Biased(slates, {"sex": answers})
