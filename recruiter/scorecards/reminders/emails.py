"""Reminders of missing cards: whose, on whom, by when, and which decision waits; never what anybody else rated."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.foundation.mail import Email
from recruiter.foundation.wording import dated
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.interviews.rules import card_due
from recruiter.scorecards.models import ReminderStep


def _about(interview: Interview) -> str:
    """Whom the card is about; of a confidential search no name is sent by mail."""
    if interview.application.requisition.confidential:
        return "an interview"
    return interview.application.candidate.name


def _due_text(interview: Interview, zone: ZoneInfo) -> str:
    due = card_due(interview.ends_at).astimezone(zone)
    return f"{dated(due)}, {due:%H:%M} ({zone.key})"


def _email(to: User, subject: str, *lines: str, link: str) -> Email:
    text = "\n".join([f"Hello {to.name},", "", f"{subject}.", *lines, "", link, ""])
    return Email(to=to.email, name=to.name, subject=subject, body=text)


def reminder(
    interview: Interview, *, author: User, step: ReminderStep, decides_on: dt.date, zone: ZoneInfo, house: Installation
) -> Email:
    """What an interviewer reads about his own missing card, in his zone."""
    about, due = _about(interview), _due_text(interview, zone)
    if step == ReminderStep.FRESH:
        subject = f"Your scorecard on {about}: two minutes while it is fresh"
        line = f"It is due {due}."
    elif step == ReminderStep.BEFORE_DUE:
        subject = f"Your scorecard on {about} is due {due}"
        line = f"The decision is expected on {dated(decides_on)} and needs what you saw."
    else:
        subject = f"Your scorecard on {about} is late and holds up the decision of {dated(decides_on)}"
        line = f"It was due {due}."
    return _email(author, subject, line, link=f"{house.base_url}/scorecards/{interview.id}")


def escalation(
    interview: Interview, *, author: User, to: User, decides_on: dt.date, zone: ZoneInfo, house: Installation
) -> Email:
    """What whoever decides reads about somebody's late card."""
    subject = f"{author.name}\u2019s scorecard on {_about(interview)} holds up the decision of {dated(decides_on)}"
    line = f"It was due {_due_text(interview, zone)}. {author.name} has been reminded."
    return _email(to, subject, line, link=f"{house.base_url}/applications/{interview.application_id}/scorecards")


def requested_reminder(
    interview: Interview,
    *,
    author: User,
    by: User,
    decides_on: dt.date,
    now: dt.datetime,
    zone: ZoneInfo,
    house: Installation,
) -> Email:
    """What an interviewer reads when somebody who runs the search asks for his card, in his zone."""
    return _email(
        author,
        f"{by.name} asks for your scorecard on {_about(interview)}",
        f"It {'was' if card_due(interview.ends_at) < now else 'is'} due {_due_text(interview, zone)}.",
        f"The decision is expected on {dated(decides_on)} and needs what you saw.",
        link=f"{house.base_url}/scorecards/{interview.id}",
    )
