"""Reminding somebody of a card that is missing."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import House
from recruiter.policy.permissions import Permission
from recruiter.scorecards.reminders import manual_reminders
from recruiter.web.request import guard
from recruiter.web.scorecards.area import blueprint
from recruiter.web.scorecards.entry_routes import panelist
from recruiter.web.text.filters import moment


@blueprint.post("/interviews/<int:interview_id>/scorecards/<int:author_id>/reminder")
@guard.needs(Permission.SCORECARD_ENTER)
def remind(interview: Interview, author_id: int) -> Any:
    """Send somebody a reminder of his card, in his working hours; not before the interview ends, not twice in four hours."""
    author, chosen = panelist(interview, author_id), guard.configured()
    house = House(chosen.organisation, chosen.base_url, chosen.zone, chosen.mail_sender)
    listed = url_for("scorecards.of_application", application_id=interview.application_id)
    where = guard.safe_path(request.form.get("back")) or listed
    try:
        leaves = manual_reminders.ask(
            db.session(), interview=interview, author=author, actor=guard.actor(), house=house, now=guard.now()
        )
    except Conflict as error:
        db.session.rollback()
        return guard.go(where, said=error.message, tone="late")
    db.session.commit()
    if leaves > guard.now():
        return guard.go(
            where, said=f"{author.name} will be reminded {moment(leaves, chosen.zone)}, when their working hours begin."
        )
    return guard.go(where, said=f"{author.name} reminded.")
