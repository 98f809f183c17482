"""What would be true of the people of a search, if one could see it: how good each is, and how the company weighs it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from recruiter.demo import phrases

DECIDERS_WEIGH = {"Role skills": 0.55, "Problem solving": 0.25, "Communication": 0.02, "Collaboration": 0.18}
CARD_NOISE = 0.75
DECIDER_NOISE = 0.25
MIDDLE = 3.05


@dataclass(frozen=True)
class Person:
    """A candidate of the story: a level for each attribute, in points of the rating scale around 3."""

    name: str
    email: str
    headline: str
    levels: dict[str, float]


def person(chance: random.Random, *, name: str, email: str) -> Person:
    """Somebody whose attributes hang together, as people's do."""
    general = chance.gauss(0, 0.55)
    levels = {attribute: MIDDLE + general + chance.gauss(0, 0.6) for attribute, _, _ in phrases.ATTRIBUTES}
    employer = chance.choice(phrases.EMPLOYERS)
    return Person(name, email, f"{chance.choice(phrases.HEADLINES)}, {employer}", levels)


def _clamped(value: float, low: int, high: int) -> int:
    return max(low, min(high, round(value)))


def ratings(person: Person, chance: random.Random, *, severity: float) -> tuple[dict[str, int | None], int]:
    """One interviewer's card: ratings 1 to 5, some attributes not covered, and a recommendation 1 to 4."""
    scores: dict[str, int | None] = {}
    for attribute, level in person.levels.items():
        covered = chance.random() > 0.1  # noqa: PLR2004  # one in ten is not covered
        scores[attribute] = _clamped(level + severity + chance.gauss(0, CARD_NOISE), 1, 5) if covered else None
    if not any(scores.values()):
        scores["Role skills"] = _clamped(person.levels["Role skills"] + severity, 1, 5)
    mean = sum(person.levels.values()) / len(person.levels)
    recommendation = _clamped(2.5 + 0.8 * (mean + severity - MIDDLE) + chance.gauss(0, 0.6), 1, 4)
    return scores, recommendation


def preference(person: Person, chance: random.Random) -> float:
    """How much the deciders want somebody: what they weigh, and what no card holds."""
    weighed = sum(weight * person.levels[attribute] for attribute, weight in DECIDERS_WEIGH.items())
    return weighed + chance.gauss(0, DECIDER_NOISE)
