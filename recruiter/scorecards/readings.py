"""Who has read what others wrote on the cards of an application: noted where it is shown, on record before the answer goes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Actor, Moment
from recruiter.foundation.endings.ledger import Ending, hashed
from recruiter.foundation.endings.recorder import record_ending
from recruiter.pipeline.models import Application
from recruiter.scorecards.models import CardReading, Scorecard

Row = TypeVar("Row", User, Application)
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


def record(session: Session, new: Sequence[Reading], *, act: Moment) -> None:
    """Put readings on record, and into the ledger that outlasts a restore.

    Raises IntegrityError where another request of the same person was first.
    """
    session.add_all([CardReading(**reading._asdict(), first_read_at=act.now) for reading in new])
    session.flush()
    readers = _by_number(session, User, [reading.user_id for reading in new])
    applications = _by_number(session, Application, [reading.application_id for reading in new])
    for reading in new:
        application, reader = applications[reading.application_id], readers[reading.user_id]
        made_at, to = application.created_at, hashed(reader, reader.created_at)
        record_ending(session, Ending.READING, application, made_at=made_at, act=act, to=to)


def _by_number(session: Session, model: type[Row], numbers: Collection[int]) -> dict[int, Row]:
    return {row.id: row for row in session.scalars(select(model).where(model.id.in_(numbers)))}


def forget_noted(session: Session) -> None:
    """Forget what was noted: it is on record."""
    session.info.pop(NOTED, None)


def readers_among(session: Session, user_ids: Collection[int], *, application_id: int) -> set[int]:
    """Which of some people have read others' cards on an application, in one statement."""
    query = select(CardReading.user_id).where(CardReading.application_id == application_id)
    return set(session.scalars(query.where(CardReading.user_id.in_(user_ids))))
