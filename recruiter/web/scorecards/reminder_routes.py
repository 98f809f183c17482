"""Reminding somebody of a card that is missing."""

from __future__ import annotations

import datetime as dt

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.policy.permissions import Permission
from recruiter.scorecards.reminders import manual_reminders
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act
from recruiter.web.request.redirects import came_from
from recruiter.web.scorecards.area import blueprint
from recruiter.web.scorecards.entry_routes import panelist
from recruiter.web.text.filters import moment


@blueprint.act("/interviews/<int:interview_id>/scorecards/<int:author_id>/reminder", Permission.SCORECARD_ENTER)
def remind(interview: Interview, author_id: int) -> ResponseReturnValue:
    """Send somebody a reminder of his card, in his working hours; not before the interview ends, not twice in four hours."""
    author, settings = panelist(interview, author_id), guard.settings()

    def reminded(sent_at: dt.datetime) -> str:
        if sent_at <= guard.now():
            return f"{author.name} reminded."
        return f"{author.name} will be reminded {moment(sent_at)}, when their working hours begin."

    return handle_act(
        lambda: manual_reminders.ask(
            db.session(), interview=interview, author=author, act=guard.act(), house=Installation.of(settings)
        ),
        home=came_from(url_for("scorecards.of_application", application_id=interview.application_id)),
        flash=reminded,
    )
