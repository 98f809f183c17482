"""Reminders of missing cards: whose, on whom, by when, and which decision waits; never what anybody else rated."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.foundation.calendar import dated
from recruiter.foundation.mail import Email
from recruiter.interviews.notices.emails import Installation
from recruiter.scorecards.models import ReminderStep
from recruiter.scorecards.queries import MissingCard


def _about(card: MissingCard) -> str:
    """Whom the card is about; of a confidential search no name is sent by mail."""
    application = card.interview.application
    return "an interview" if application.requisition.confidential else application.candidate.name


def _due_text(card: MissingCard, zone: ZoneInfo) -> str:
    due = card.due_at.astimezone(zone)
    return f"{dated(due)}, {due:%H:%M} ({zone.key})"


def _email(to: User, subject: str, *lines: str, link: str) -> Email:
    text = "\n".join([f"Hello {to.name},", "", f"{subject}.", *lines, "", link, ""])
    return Email(to=to.email, name=to.name, subject=subject, body=text)


def reminder(
    card: MissingCard, *, step: ReminderStep, decides_on: dt.date, zone: ZoneInfo, house: Installation
) -> Email:
    """What an interviewer reads about his own missing card, in his zone."""
    about, due = _about(card), _due_text(card, zone)
    if step == ReminderStep.FRESH:
        subject = f"Your scorecard on {about}: two minutes while it is fresh"
        line = f"It is due {due}."
    elif step == ReminderStep.BEFORE_DUE:
        subject = f"Your scorecard on {about} is due {due}"
        line = f"The decision is expected on {dated(decides_on)} and needs what you saw."
    else:
        subject = f"Your scorecard on {about} is late and holds up the decision of {dated(decides_on)}"
        line = f"It was due {due}."
    return _email(card.user, subject, line, link=f"{house.base_url}/scorecards/{card.interview.id}")


def escalation(card: MissingCard, *, to: User, decides_on: dt.date, zone: ZoneInfo, house: Installation) -> Email:
    """What whoever decides reads about somebody's late card."""
    name, link = card.user.name, f"{house.base_url}/applications/{card.interview.application_id}/scorecards"
    subject = f"{name}\u2019s scorecard on {_about(card)} holds up the decision of {dated(decides_on)}"
    return _email(to, subject, f"It was due {_due_text(card, zone)}. {name} has been reminded.", link=link)


def requested_reminder(
    card: MissingCard, *, by: User, decides_on: dt.date, now: dt.datetime, zone: ZoneInfo, house: Installation
) -> Email:
    """What an interviewer reads when somebody who runs the search asks for his card, in his zone."""
    return _email(
        card.user,
        f"{by.name} asks for your scorecard on {_about(card)}",
        f"It {'was' if card.due_at < now else 'is'} due {_due_text(card, zone)}.",
        f"The decision is expected on {dated(decides_on)} and needs what you saw.",
        link=f"{house.base_url}/scorecards/{card.interview.id}",
    )
