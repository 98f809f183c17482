"""Reminders of missing cards: whose, on whom, by when, and which decision waits; never what anybody else rated."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.foundation import email_templates
from recruiter.foundation.mail import Email
from recruiter.foundation.wording import dated
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.interviews.rules import card_due


def reminder(
    template: str,
    interview: Interview,
    *,
    to: User,
    decides_on: dt.date,
    zone: ZoneInfo,
    house: Installation,
    **facts: object,
) -> Email:
    """What somebody reads about a missing card, in his zone; of a confidential search no name is sent by mail."""
    application, due = interview.application, card_due(interview.ends_at).astimezone(zone)
    return email_templates.compose(
        f"scorecards/{template}",
        to=to,
        interview=interview,
        about="an interview" if application.requisition.confidential else application.candidate.name,
        due=f"{dated(due)}, {due:%H:%M} ({zone.key})",
        decides_on=decides_on,
        base_url=house.base_url,
        **facts,
    )
