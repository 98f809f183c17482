"""Reminding of missing cards: an hour after the interview, before the card is due, when it is late, then whoever decides.

Never before the interview ends, in working hours alone, each step once, and no more when the candidate is out.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import jobs, mail
from recruiter.interviews import decision_dates, interviewer_profiles
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.interviews.notices.emails import Installation
from recruiter.interviews.notices.notifications import REMINDER
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import CardReminder, CardState, ReminderStep
from recruiter.scorecards.reminders import emails


def take_step(session: Session, *, interview_id: int, user_id: int, house: Installation, now: dt.datetime) -> bool:
    """Send the reminder that is due for one panelist's card, if any, and ask to be woken for the next; tells whether one was sent."""
    interview, author = session.get(Interview, interview_id), session.get(User, user_id)
    if interview is None or author is None or not is_missing(session, interview, author) or now < interview.ends_at:
        return False  # a moved interview has asked for its own reminders
    query = select(CardReminder.step).where(CardReminder.interview_id == interview_id, CardReminder.user_id == user_id)
    sent_steps = set(session.scalars(query))
    step = rules.due_step(ends_at=interview.ends_at, now=now, sent=sent_steps)
    if step is None:
        return False
    to = _decider(interview, author) if step == ReminderStep.MANAGER else author
    if to is None:
        return False
    hours = interviewer_profiles.hours_of(session, [to.id], zone=house.zone)[to.id]
    works_at = interviewer_profiles.next_working_moment(now, hours)
    if works_at > now:
        _wake(session, interview, author, at=works_at, now=now)
        return False
    decides_on = decision_dates.held_up_by(session, [interview], zone=house.zone)[interview.id]
    reminder = emails.reminder(
        step.value, interview, to=to, decides_on=decides_on, zone=hours.zone, house=house, author=author
    )
    session.add(CardReminder(interview_id=interview_id, user_id=user_id, step=step, at=now))
    session.flush()  # the one row of this step: whoever comes second fails here and sends nothing
    mail.enqueue(session, reminder, now=now)
    following = rules.next_step(step)
    if following is not None:
        rest = (
            rules.REMINDER_DELAYS[following] - rules.REMINDER_DELAYS[step]
        )  # somebody reminded late still has his time to answer
        at = max(now + rest, interview.ends_at + rules.REMINDER_DELAYS[following])
        _wake(session, interview, author, at=at, now=now)
    return True


def is_missing(session: Session, interview: Interview, author: User) -> bool:
    """Whether a card is still wanted from somebody: not sent, on a search that goes on, for a candidate who is in it."""
    if interview.status != InterviewStatus.PLANNED or not author.active:
        return False
    if all(seat.user_id != author.id for seat in interview.panel):
        return False
    application = interview.application
    if application.status != ApplicationStatus.ACTIVE or application.requisition.status != RequisitionStatus.OPEN:
        return False
    card = queries.card_of(session, interview=interview, author=author)
    return card is None or card.state == CardState.DRAFT


def _decider(interview: Interview, author: User) -> User | None:
    """Who must know of a late card: the hiring manager, or a recruiter where it is the manager's own."""
    requisition = interview.application.requisition
    deciders = [requisition.hiring_manager, *requisition.recruiters]
    return next((decider for decider in deciders if decider.id != author.id and decider.active), None)


def _wake(session: Session, interview: Interview, author: User, *, at: dt.datetime, now: dt.datetime) -> None:
    payload = {"interview_id": interview.id, "user_id": author.id}
    jobs.enqueue(session, REMINDER, payload=payload, now=now, due_at=at)
