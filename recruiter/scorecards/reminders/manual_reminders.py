"""Asking for a missing card by hand: from the debrief that waits for it, the list of cards, or Today."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict
from recruiter.interviews import interviewer_profiles
from recruiter.interviews.models import Interview
from recruiter.interviews.notices import notifications
from recruiter.interviews.notices.emails import Installation
from recruiter.scorecards.models import CardRequest
from recruiter.scorecards.reminders import reminder_schedule

SHORTEST_INTERVAL = dt.timedelta(hours=4)  # between two reminders by hand of the same card


def ask(session: Session, *, interview: Interview, author: User, act: Act, house: Installation) -> dt.datetime:
    """Remind somebody of their card; answers when the message leaves: at once, or when their working hours begin.

    Raises Conflict where the interview has not ended, the card is in or no longer wanted, or they were asked within four hours.
    """
    if act.now < interview.ends_at:
        raise Conflict("The interview has not ended. Nobody is reminded of a scorecard before that.")
    if not reminder_schedule.is_missing(session, interview, author):
        raise Conflict(f"Nothing is wanted of {author.name} here any more. Reload the page to see how it stands.")
    times = select(func.max(CardRequest.at)).where(CardRequest.interview_id == interview.id)
    last = session.scalar(times.where(CardRequest.user_id == author.id))
    if last is not None and act.now - last < SHORTEST_INTERVAL:
        at = f"{last.astimezone(house.zone):%H:%M}"
        raise Conflict(f"{author.name} was reminded at {at}. Once in four hours is enough; call if it is urgent.")
    hours = interviewer_profiles.hours_of_user(session, author, zone=house.zone)
    leaves = interviewer_profiles.next_working_moment(act.now, hours)
    session.add(CardRequest(interview_id=interview.id, user_id=author.id, by_id=act.actor_id, at=act.now))
    session.flush()
    notifications.remind_at(session, interview, author.id, due_at=leaves, now=act.now, asked_by_id=act.actor_id)
    audit.record(session, action=AuditAction.SCORECARD_ASKED_FOR, subject=interview, act=act, of=author.id)
    return leaves


def deliver(
    session: Session, *, interview_id: int, user_id: int, asked_by_id: int, house: Installation, now: dt.datetime
) -> bool:
    """Send the reminder that somebody asked for, unless the card has come in meanwhile; tells whether it was sent."""
    card = reminder_schedule.missing_card(session, interview_id=interview_id, user_id=user_id, now=now)
    by = session.get(User, asked_by_id)
    if card is None or by is None:
        return False
    zone = interviewer_profiles.hours_of_user(session, card.user, zone=house.zone).zone
    facts = {"by": by, "is_late": card.due_at < now}
    reminder_schedule.send(session, "asked_for", card, to=card.user, zone=zone, house=house, now=now, **facts)
    return True
