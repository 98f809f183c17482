"""That cards came, for the timeline of a person: by whom, on what and when, never what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.interviews.models import Interview
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class SubmittedCard:
    """A card that came."""

    application_id: int
    author_id: int
    author: str
    interview: str
    at: dt.datetime


def submitted_cards_of(session: Session, application_ids: Sequence[int]) -> list[SubmittedCard]:
    """The cards sent on some applications, oldest first."""
    query = (
        select(Scorecard.application_id, Scorecard.author_id, User.name, Interview.name, Scorecard.submitted_at)
        .join(Scorecard.author)
        .join(Scorecard.interview)
        .where(Scorecard.application_id.in_(application_ids), Scorecard.sent)
        .order_by(Scorecard.submitted_at, Scorecard.id)
    )
    return [
        SubmittedCard(application_id, author_id, name, interview, at)
        for application_id, author_id, name, interview, at in session.execute(query)
        if at is not None
    ]
