"""All that goes into one suggestion, as plain values: asked once, kept, and asked again bit for bit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from recruiter.foundation.json_types import JsonObject, JsonView
from recruiter.learning.fitted_model import FittedModel
from recruiter.learning.suggestion.counterfactuals import Slate
from recruiter.learning.suggestion.suggest import DRAWS, suggest
from recruiter.learning.types import Card
from recruiter.ranking.suggestion.suggestion_types import PairRow, Suggestion


@dataclass(frozen=True)
class Inputs:
    """Who is ranked on which cards under which weights; `past` are scores of past offered people, points are on 1 to 5."""

    items: tuple[str, ...]
    cards: tuple[Card, ...]
    weights: Mapping[str, float]
    overall_weight: float
    bar: float | None
    past: tuple[float, ...]
    n_decisions: int
    seed: int
    draws: int = DRAWS

    def slate(self, model: FittedModel | None) -> Slate:
        """The slate on which to ask what would change the suggestion."""
        return Slate(self.items, self.cards, self.weights, self.overall_weight, model, self.seed, self.draws)

    def as_dict(self) -> JsonObject:
        """Plain values for JSON, in an order that does not depend on how they were read."""
        rows = sorted([c.item, c.rater, c.attribute, c.score, c.scale_min, c.scale_max] for c in self.cards)
        return {**asdict(self), "items": sorted(self.items), "cards": rows, "past": list(self.past)}


def inputs_from(stored: JsonView) -> Inputs:
    """Inputs as they were kept."""
    cards = tuple(Card(*row) for row in stored["cards"])
    return Inputs(**{**stored, "items": tuple(stored["items"]), "cards": cards, "past": tuple(stored["past"])})


def canonical(values: object) -> str:
    """The one JSON text of some values; floats are written so that they read back the same."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(values: object) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def answer(inputs: Inputs, model: FittedModel | None) -> Suggestion:
    """The suggestion as plain values; items are application ids, raters numbers."""
    suggestion = suggest(**vars(inputs), model=model).as_dict()
    for row in suggestion["ranking"]:
        row["application_id"] = int(row.pop("item"))
    for pair in suggestion["pairs"]:
        pair["a"], pair["b"] = int(pair["a"]), int(pair["b"])
    plain: Suggestion = json.loads(canonical(suggestion))
    return plain


def against_lead(pairs: Sequence[PairRow], order: Sequence[int]) -> list[PairRow]:
    """The pairs of which an order puts somebody before who is ahead of them; ties may stand in any order."""
    position_of = {number: position for position, number in enumerate(order)}
    return [
        pair
        for pair in pairs
        if pair["verdict"] == "ahead"
        and {pair["a"], pair["b"]} <= position_of.keys()
        and position_of[pair["a"]] > position_of[pair["b"]]
    ]
