"""Reminding somebody of a card that is missing."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.policy.permissions import Permission
from recruiter.scorecards.reminders import manual_reminders
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash, safe_path
from recruiter.web.scorecards.area import blueprint
from recruiter.web.scorecards.entry_routes import panelist
from recruiter.web.text.filters import moment


@blueprint.post("/interviews/<int:interview_id>/scorecards/<int:author_id>/reminder")
@guard.needs(Permission.SCORECARD_ENTER)
def remind(interview: Interview, author_id: int) -> Any:
    """Send somebody a reminder of his card, in his working hours; not before the interview ends, not twice in four hours."""
    author, settings = panelist(interview, author_id), guard.settings()
    installation = Installation(settings.organisation, settings.base_url, settings.zone, settings.mail_sender)
    cards_page = url_for("scorecards.of_application", application_id=interview.application_id)
    home = safe_path(request.form.get("back")) or cards_page
    try:
        sent_at = manual_reminders.ask(
            db.session(), interview=interview, author=author, act=guard.act(), house=installation
        )
    except Conflict as error:
        db.session.rollback()
        return redirect_with_flash(home, message=error.message, tone="late")
    db.session.commit()
    if sent_at > guard.now():
        return redirect_with_flash(
            home,
            message=f"{author.name} will be reminded {moment(sent_at, settings.zone)}, when their working hours begin.",
        )
    return redirect_with_flash(home, message=f"{author.name} reminded.")
