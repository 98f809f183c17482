"""Plain figures from scorecards: means, spread, the declared score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import OVERALL, SubmittedRating

NATIVE_LOWEST, NATIVE_HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Spread:
    """Ratings of one attribute on 1 to 5: mean, lowest, highest, from how many."""

    mean: float
    lowest: float
    highest: float
    n: int


def spreads(rows: Sequence[SubmittedRating]) -> dict[str, Spread]:
    """The spread of each attribute that was rated, the recommendation among them as `overall`."""
    ratings_by_attribute: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        ratings_by_attribute[row.attribute].append(row.on_five)
    return {
        name: Spread(fmean(ratings), min(ratings), max(ratings), len(ratings))
        for name, ratings in ratings_by_attribute.items()
    }


def declared_score(rows: Sequence[SubmittedRating], requisition: Requisition) -> float | None:
    """The declared score on 1 to 5: w x recommendation + (1 - w) x weighted mean of the attributes that were covered."""
    by_attribute = spreads(rows)
    weights = [
        (attribute.weight, by_attribute[attribute.name].mean)
        for attribute in requisition.attributes
        if attribute.name in by_attribute
    ]
    total_weight = sum(weight for weight, _ in weights)
    attribute_mean = sum(weight * mean for weight, mean in weights) / total_weight if total_weight else None
    overall = by_attribute[OVERALL].mean if OVERALL in by_attribute else None
    if overall is None or attribute_mean is None:
        return attribute_mean if overall is None else overall
    share = requisition.overall_weight
    return share * overall + (1 - share) * attribute_mean


def panel_size(rows: Sequence[SubmittedRating]) -> int:
    """How many people have sent a card."""
    return len({row.author_id for row in rows})
