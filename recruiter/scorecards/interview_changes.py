"""Changing an interview, with an eye on the cards that stand against it: what was scored took place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict
from recruiter.interviews import services as interviews
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.interviews.services import InterviewChanges, Seat
from recruiter.scorecards.models import Scorecard


class CardPlace(NamedTuple):
    """Where a card belongs: an interview, and somebody who is or was on its panel."""

    interview_id: int
    author_id: int


def scored_interview_ids(session: Session, interview_ids: Iterable[int]) -> set[int]:
    """Which of these interviews took place for sure: a card was sent on them, so they are not called off."""
    return {interview_id for interview_id, _ in sent_cards(session, interview_ids)}


def sent_cards(session: Session, interview_ids: Iterable[int]) -> set[CardPlace]:
    """Who has sent a card on which of these interviews."""
    query = select(Scorecard.interview_id, Scorecard.author_id).where(Scorecard.sent)
    rows = session.execute(query.where(Scorecard.interview_id.in_(list(interview_ids))))
    return {CardPlace._make(row) for row in rows}


def awaited_cards(interviews: Iterable[Interview], sent: set[CardPlace]) -> set[CardPlace]:
    """Whose cards are missing on interviews that are read already, those `sent` given: the seats that `queries.over_seats` finds without one."""
    return {
        CardPlace(interview.id, seat.user_id)
        for interview in interviews
        if interview.is_planned and interview.scored
        for seat in interview.panel
        if seat.user.active and (interview.id, seat.user_id) not in sent
    }


def change(session: Session, *, interview: Interview, act: Act, **changes: Unpack[InterviewChanges]) -> Interview:
    """Move, staff anew, cancel or mark an interview, as `interviews.services.change` does.

    Raises Conflict where a card was sent on it and the change would say that it did not take place or takes its author away.
    """
    cards = session.scalars(select(Scorecard).where(Scorecard.interview_id == interview.id)).all()
    panel, status, starts_at = changes.get("panel"), changes.get("status"), changes.get("starts_at")
    submitted = any(card.sent for card in cards)
    if submitted and status not in {None, InterviewStatus.PLANNED}:
        raise Conflict("A scorecard has been sent on this interview, so it took place.")
    if submitted and starts_at is not None and starts_at > act.now:
        raise Conflict("A scorecard has been sent on this interview. Plan another one instead of moving it.")
    if submitted and changes.get("scored") is False:
        raise Conflict("A scorecard has been sent on this interview, so it goes on asking for them.")
    if panel is not None:
        removed = {card.author_id for card in cards} - {seat.user.id for seat in panel}
        authors = [seat.user.name for seat in interview.panel if seat.user_id in removed]
        if authors:
            raise Conflict(f"{authors[0]} has begun a scorecard on this interview and stays on its panel.")
    return interviews.change(session, interview=interview, act=act, **changes)


def replace(session: Session, *, interview: Interview, departed: User, substitute: User, act: Act) -> Interview:
    """Put a colleague in the seat of somebody whose account has ended; both panels and calendars follow as with any change.

    Raises Conflict where that seat was filled meanwhile.
    """
    if interview.panelist(departed.id) is None:
        raise Conflict(f"{departed.name} is not on this panel any more. Look at it again.")
    panel = [
        Seat(substitute if seat.user_id == departed.id else seat.user, seat.cross_functional)
        for seat in interview.panel
    ]
    return change(session, interview=interview, panel=panel, reason=f"In place of {departed.name}", act=act)
