"""Where the caller scores blind."""

from __future__ import annotations

from recruiter.api.guard import actor
from recruiter.foundation.database.db import db
from recruiter.scorecards import queries as scorecards


def blind_on() -> set[int]:
    """Ids of the searches on which the caller owes a card: no place and no reason of them is answered."""
    return set(db.session.scalars(scorecards.slates_owed_by(actor())))
