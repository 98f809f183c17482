"""Asking for a missing card by hand: from the debrief that waits for it, the list of cards, or Today."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import jobs, mail
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict
from recruiter.interviews import decision_dates, interviewer_profiles
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.interviews.notices.notifications import REMINDER
from recruiter.interviews.rules import card_due
from recruiter.scorecards.models import CardRequest
from recruiter.scorecards.reminders import emails, reminder_schedule

SHORTEST_INTERVAL = dt.timedelta(hours=4)  # between two reminders by hand of the same card


def ask(session: Session, *, interview: Interview, author: User, act: Act, house: Installation) -> dt.datetime:
    """Remind somebody of his card; answers when the message leaves: at once, or when his working hours begin.

    Raises Conflict where the interview has not ended, the card is in or no longer wanted, or he was asked within four hours.
    """
    if act.now < interview.ends_at:
        raise Conflict("The interview has not ended. Nobody is reminded of a scorecard before that.")
    if not reminder_schedule.is_missing(session, interview, author):
        raise Conflict(f"Nothing is wanted of {author.name} here any more. Reload the page to see how it stands.")
    last = session.scalar(
        select(func.max(CardRequest.at)).where(
            CardRequest.interview_id == interview.id, CardRequest.user_id == author.id
        )
    )
    if last is not None and act.now - last < SHORTEST_INTERVAL:
        at = f"{last.astimezone(house.zone):%H:%M}"
        raise Conflict(f"{author.name} was reminded at {at}. Once in four hours is enough; call if it is urgent.")
    hours = interviewer_profiles.hours_of(session, [author.id], zone=house.zone)[author.id]
    leaves = interviewer_profiles.next_working_moment(act.now, hours)
    session.add(CardRequest(interview_id=interview.id, user_id=author.id, by_id=act.actor.id, at=act.now))
    session.flush()
    payload = {"interview_id": interview.id, "user_id": author.id, "asked_by_id": act.actor.id}
    jobs.enqueue(session, REMINDER, payload=payload, now=act.now, due_at=leaves, asked_by_id=act.actor.id)
    audit.record(session, action=AuditAction.SCORECARD_ASKED_FOR, subject=interview, act=act, of=author.id)
    return leaves


def deliver(
    session: Session, *, interview_id: int, user_id: int, asked_by_id: int, house: Installation, now: dt.datetime
) -> bool:
    """Send the reminder that somebody asked for, unless the card has come in meanwhile; tells whether it was sent."""
    interview, author = session.get(Interview, interview_id), session.get(User, user_id)
    actor = session.get(User, asked_by_id)
    if interview is None or author is None or actor is None or now < interview.ends_at:
        return False
    if not reminder_schedule.is_missing(session, interview, author):
        return False
    decides_on = decision_dates.held_up_by(session, [interview], zone=house.zone)[interview.id]
    zone = interviewer_profiles.hours_of(session, [author.id], zone=house.zone)[author.id].zone
    is_late = card_due(interview.ends_at) < now
    reminder = emails.reminder(
        "asked_for", interview, to=author, decides_on=decides_on, zone=zone, house=house, by=actor, is_late=is_late
    )
    mail.enqueue(session, reminder, now=now)
    return True
