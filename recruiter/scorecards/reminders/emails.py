"""Reminders of missing cards: whose, on whom, by when, and which decision waits; never what anybody else rated."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.foundation.calendar import dated
from recruiter.foundation.mail import Email
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.interviews.rules import card_due
from recruiter.scorecards.models import ReminderStep


def _about(interview: Interview) -> str:
    """Whom the card is about; of a confidential search no name is sent by mail."""
    if interview.application.requisition.confidential:
        return "an interview"
    return interview.application.candidate.name


def reminder(
    interview: Interview, *, author: User, step: ReminderStep, decides_on: dt.date, zone: ZoneInfo, house: Installation
) -> Email:
    """What an interviewer reads about his own missing card, in his zone."""
    due = card_due(interview.ends_at).astimezone(zone)
    about, by = _about(interview), f"{dated(due)}, {due:%H:%M} ({zone.key})"
    if step == ReminderStep.FRESH:
        subject = f"Your scorecard on {about}: two minutes while it is fresh"
        body = f"It is due {by}."
    elif step == ReminderStep.BEFORE_DUE:
        subject = f"Your scorecard on {about} is due {by}"
        body = f"The decision is expected on {dated(decides_on)} and needs what you saw."
    else:
        subject = f"Your scorecard on {about} is late and holds up the decision of {dated(decides_on)}"
        body = f"It was due {by}."
    link = f"{house.base_url}/scorecards/{interview.id}"
    lines = [f"Hello {author.name},", "", f"{subject}.", body, "", link]
    return Email(to=author.email, name=author.name, subject=subject, body="\n".join(lines) + "\n")


def escalation(
    interview: Interview, *, author: User, to: User, decides_on: dt.date, zone: ZoneInfo, house: Installation
) -> Email:
    """What whoever decides reads about somebody's late card."""
    due = card_due(interview.ends_at).astimezone(zone)
    subject = f"{author.name}\u2019s scorecard on {_about(interview)} holds up the decision of {dated(decides_on)}"
    lines = [
        f"Hello {to.name},",
        "",
        f"{subject}.",
        f"It was due {dated(due)}, {due:%H:%M} ({zone.key}). {author.name} has been reminded.",
        "",
        f"{house.base_url}/applications/{interview.application_id}/scorecards",
    ]
    return Email(to=to.email, name=to.name, subject=subject, body="\n".join(lines) + "\n")


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
    due = card_due(interview.ends_at)
    local = due.astimezone(zone)
    subject = f"{by.name} asks for your scorecard on {_about(interview)}"
    body = f"It {'was' if due < now else 'is'} due {dated(local)}, {local:%H:%M} ({zone.key})."
    decision = f"The decision is expected on {dated(decides_on)} and needs what you saw."
    link = f"{house.base_url}/scorecards/{interview.id}"
    lines = [f"Hello {author.name},", "", f"{subject}.", body, decision, "", link]
    return Email(to=author.email, name=author.name, subject=subject, body="\n".join(lines) + "\n")
