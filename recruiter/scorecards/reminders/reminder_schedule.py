"""Reminding of missing cards: an hour after the interview, before the card is due, when it is late, then whoever decides.

Never before the interview ends, in working hours alone, each step once, and no more when the candidate is out.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import mail
from recruiter.interviews import decision_dates, interviewer_profiles
from recruiter.interviews.models import Interview
from recruiter.interviews.notices import notifications
from recruiter.interviews.notices.emails import Installation
from recruiter.pipeline.models import ApplicationStatus
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import CardReminder, ReminderStep
from recruiter.scorecards.queries import MissingCard
from recruiter.scorecards.reminders import emails


def take_step(session: Session, *, interview_id: int, user_id: int, house: Installation, now: dt.datetime) -> bool:
    """Send the reminder that is due for one panelist's card, if any, and ask to be woken for the next; tells whether one was sent."""
    card = missing_card(session, interview_id=interview_id, user_id=user_id, now=now)
    if card is None:
        return False  # a moved interview has asked for its own reminders
    interview = card.interview
    query = select(CardReminder.step).where(CardReminder.interview_id == interview_id, CardReminder.user_id == user_id)
    step = rules.due_step(ends_at=interview.ends_at, now=now, sent=set(session.scalars(query)))
    to = _decider(card) if step == ReminderStep.MANAGER else card.user
    if step is None or to is None:
        return False
    hours = interviewer_profiles.hours_of_user(session, to, zone=house.zone)
    works_at = interviewer_profiles.next_working_moment(now, hours)
    if works_at > now:
        notifications.remind_at(session, interview, user_id, due_at=works_at, now=now)
        return False
    session.add(CardReminder(interview_id=interview_id, user_id=user_id, step=step, at=now))
    session.flush()  # the one row of this step: whoever comes second fails here and sends nothing
    send(session, step.value, card, to=to, zone=hours.zone, house=house, now=now, author=card.user)
    following = rules.next_step(step)
    if following is not None:
        delay, earlier = rules.REMINDER_DELAYS[following], rules.REMINDER_DELAYS[step]
        due_at = max(
            now + delay - earlier, interview.ends_at + delay
        )  # reminded late, they still have their time to answer
        notifications.remind_at(session, interview, user_id, due_at=due_at, now=now)
    return True


def send(
    session: Session,
    template: str,
    card: MissingCard,
    *,
    to: User,
    zone: ZoneInfo,
    house: Installation,
    now: dt.datetime,
    **facts: object,
) -> None:
    """Send one mail about a missing card: it says which decision the card holds up."""
    decides_on = decision_dates.held_up_by(session, [card.interview], zone=house.zone)[card.interview.id]
    facts |= {"decides_on": decides_on, "base_url": house.base_url}
    reminder = emails.reminder(template, card, to=to, zone=zone, **facts)
    mail.enqueue(session, reminder, now=now)


def missing_card(session: Session, *, interview_id: int, user_id: int, now: dt.datetime) -> MissingCard | None:
    """The card of one panelist on an interview that has ended, where it is still wanted."""
    interview, author = session.get(Interview, interview_id), session.get(User, user_id)
    if interview is None or author is None or now < interview.ends_at or not is_missing(session, interview, author):
        return None
    return MissingCard(author, interview)


def is_missing(session: Session, interview: Interview, author: User) -> bool:
    """Whether a card is still wanted from somebody: not sent, on a search that goes on, for a candidate who is in it."""
    application = interview.application
    if not (interview.is_planned and interview.scored and author.active and interview.panelist(author.id)):
        return False
    if application.status != ApplicationStatus.ACTIVE or not application.requisition.is_open:
        return False
    card = queries.card_of(session, interview=interview, author=author)
    return card is None or not card.sent


def _decider(card: MissingCard) -> User | None:
    """Who must know of a late card: the hiring manager, or a recruiter where it is the manager's own."""
    requisition = card.interview.application.requisition
    deciders = [requisition.hiring_manager, *requisition.recruiters]
    return next(
        (decider for decider in deciders if decider.active and decider.is_staff and decider.id != card.user.id), None
    )
