"""Who has read what others wrote on the cards of an application: noted where it is shown, on record before the answer goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Actor
from recruiter.scorecards.models import CardReading, Scorecard

NOTED = "whose cards this session shows, and to whom"


class Reading(NamedTuple):
    """Somebody who reads others' cards on an application."""

    user_id: int
    application_id: int


def note(session: Session, *, viewer: Actor, application_ids: Select[int] | Collection[int]) -> None:
    """Note that what others wrote on some applications is shown to somebody, in their words or as a figure made of them.

    Every query that hands out cards, averages, rankings or cases to a viewer calls this; the guards of pages and API put it
    on record before anything is sent. An application without a card of others is passed over then.
    """
    if isinstance(application_ids, Select) or application_ids:
        session.info.setdefault(NOTED, []).append((viewer.id, application_ids))


def unrecorded(session: Session) -> list[Reading]:
    """What was noted in this session and is not on record yet: one statement, none where nothing was noted."""
    noted = session.info.get(NOTED, [])
    if not noted:
        return []
    of_somebody = [
        and_(User.id == viewer_id, Scorecard.application_id.in_(application_ids))
        for viewer_id, application_ids in noted
    ]
    on_record = exists().where(CardReading.user_id == User.id, CardReading.application_id == Scorecard.application_id)
    query = select(User.id, Scorecard.application_id).join(Scorecard, Scorecard.author_id != User.id)
    rows = session.execute(query.where(or_(*of_somebody), Scorecard.sent, ~on_record).distinct())
    return [Reading._make(row) for row in rows]


def record(session: Session, new: Sequence[Reading], *, now: dt.datetime) -> None:
    """Put readings on record. Raises IntegrityError where another request of the same person was first."""
    session.add_all([CardReading(**reading._asdict(), first_read_at=now) for reading in new])
    session.flush()


def forget_noted(session: Session) -> None:
    """Forget what was noted: it is on record."""
    session.info.pop(NOTED, None)


def readers_among(session: Session, user_ids: Collection[int], *, application_id: int) -> set[int]:
    """Which of some people have read others' cards on an application, in one statement."""
    query = select(CardReading.user_id).where(CardReading.application_id == application_id)
    return set(session.scalars(query.where(CardReading.user_id.in_(user_ids))))
