"""Plain figures from scorecards: means, spread, the declared score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import CardRow

OVERALL = "overall"
NATIVE_LOWEST, NATIVE_HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Spread:
    """Ratings of one attribute on 1 to 5: mean, lowest, highest, from how many."""

    mean: float
    lowest: float
    highest: float
    n: int


def on_scale(row: CardRow) -> float:
    """A rating on 1 to 5. A native recommendation o (1 to 4) is 1 + (o - 1) x 4/3; other scales are mapped linearly (SPEC 6, Score)."""
    if row.scale_min is not None and row.scale_max is not None and row.scale_max > row.scale_min:
        return 1 + (row.score - row.scale_min) * 4 / (row.scale_max - row.scale_min)
    return 1 + (row.score - 1) * 4 / 3 if row.attribute == OVERALL else row.score


def spreads(rows: Sequence[CardRow]) -> dict[str, Spread]:
    """The spread of each attribute that was rated, the recommendation among them as `overall`."""
    marks: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        marks[row.attribute].append(on_scale(row))
    return {name: Spread(fmean(found), min(found), max(found), len(found)) for name, found in marks.items()}


def declared(rows: Sequence[CardRow], requisition: Requisition) -> float | None:
    """The declared score on 1 to 5: w x recommendation + (1 - w) x weighted mean of the attributes that were covered."""
    found = spreads(rows)
    weights = [(one.weight, found[one.name].mean) for one in requisition.attributes if one.name in found]
    total = sum(weight for weight, _ in weights)
    attributes = sum(weight * mean for weight, mean in weights) / total if total else None
    overall = found[OVERALL].mean if OVERALL in found else None
    if overall is None or attributes is None:
        return attributes if overall is None else overall
    share = requisition.overall_weight
    return share * overall + (1 - share) * attributes


def panel(rows: Sequence[CardRow]) -> int:
    """How many people have sent a card."""
    return len({row.author_id for row in rows})
