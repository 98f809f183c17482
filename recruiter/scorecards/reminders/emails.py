"""Reminders of missing cards: whose, on whom, by when, and which decision waits; never what anybody else rated."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.foundation import email_templates
from recruiter.foundation.mail import Email
from recruiter.foundation.wording import dated
from recruiter.scorecards.queries import MissingCard


def reminder(template: str, card: MissingCard, *, to: User, zone: ZoneInfo, **facts: object) -> Email:
    """What somebody reads about a missing card, in their zone; of a confidential search no name is sent by mail."""
    application, due = card.interview.application, card.due_at.astimezone(zone)
    return email_templates.compose(
        f"scorecards/{template}",
        to=to,
        interview=card.interview,
        about="an interview" if application.requisition.confidential else application.candidate.name,
        due=f"{dated(due)}, {due:%H:%M} ({zone.key})",
        **facts,
    )
