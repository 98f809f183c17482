"""What was known at a moment: the one place that reads scorecards for learning and for a suggestion.

Of each card the last version counts that was sent before the moment and before its author saw others' cards. Cards
that came later, amendments after the reveal, drafts, and attributes that are not on the allow list are not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from recruiter.foundation.database.chunks import chunks
from recruiter.learning.governance import feature_allowlist
from recruiter.learning.types import OVERALL, Card
from recruiter.scorecards.queries import SubmittedRating, cards_for_ranking

NATIVE_OVERALL = (1.0, 4.0)
NATIVE_ATTRIBUTE = (1.0, 5.0)


def native_scale(attribute: str) -> tuple[float, float]:
    """The scale of a rating that was given here: 1 to 4 for a recommendation, 1 to 5 for an attribute."""
    return NATIVE_OVERALL if attribute == OVERALL else NATIVE_ATTRIBUTE


def card_of(row: SubmittedRating) -> Card:
    """A rating as learning takes it: on its own scale, with its rater as a number and never a name."""
    native = native_scale(row.attribute)
    low, high = (row.scale_min, row.scale_max) if row.scale_min is not None else native
    return Card(
        str(row.application_id),
        f"person-{row.author_id}",
        row.attribute,
        row.score,
        float(low),
        float(high or native[1]),
    )


def known_ratings(session: Session, application_ids: Sequence[int], *, at: dt.datetime | None) -> list[SubmittedRating]:
    """Every rating that was known of some applications before a moment; None is now. Callers have asked who may see it."""
    rows: list[SubmittedRating] = []
    for part in chunks(application_ids):
        rows += cards_for_ranking(session, part, before=at)
    return [row for row in rows if feature_allowlist.is_admitted(row.attribute)]


def declared_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The declared weights of a role, of those attributes that may be looked at.

    As floats, so that a digest is the same before and after a weight has been through the database.
    """
    return {name: float(weight) for name, weight in weights.items() if feature_allowlist.is_admitted(name)}
