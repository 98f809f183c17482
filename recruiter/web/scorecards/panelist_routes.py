"""The card of a panelist, by whoever runs the search: written down for them and marked so, or asked for."""

from __future__ import annotations

import datetime as dt

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.interviews.models import Interview
from recruiter.interviews.notices.emails import Installation
from recruiter.policy.permissions import Permission
from recruiter.scorecards import services
from recruiter.scorecards.models import CardChannel
from recruiter.scorecards.reminders import manual_reminders
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_act, handle_form
from recruiter.web.request.redirects import came_from
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint
from recruiter.web.text.filters import moment


def _panelist(interview: Interview, author_id: int) -> User:
    """Somebody on the panel of an interview; NotFound for anybody else."""
    user = interview.panelist(author_id)
    if user is None:
        raise NotFound
    return user


@blueprint.form("/interviews/<int:interview_id>/scorecards/<int:author_id>", Permission.SCORECARD_ENTER)
def enter(interview: Interview, author_id: int) -> ResponseReturnValue:
    """Write down the card of somebody on the panel; it says who entered it and how it came."""
    author = _panelist(interview, author_id)
    form = forms.entry_form(interview)

    def entry_page() -> ResponseReturnValue:
        page = pages.page_of(interview, form=form, problem=general_error(form), author=author.name)
        return render_template("scorecards/enter.html", page=page, has_errors=bool(page.errors or page.problem))

    return handle_form(
        form,
        save=lambda: services.enter_for(
            db.session(),
            interview=interview,
            author=author,
            channel=CardChannel(form.channel.data),
            content=form.content(),
            act=guard.act(),
        ),
        again=entry_page,
        home=url_for("scorecards.of_application", application_id=interview.application_id),
        flash=f"Scorecard of {author.name} entered. It says that you entered it.",
        fields=form.fields_of_errors(),
    )


@blueprint.act("/interviews/<int:interview_id>/scorecards/<int:author_id>/reminder", Permission.SCORECARD_ENTER)
def remind(interview: Interview, author_id: int) -> ResponseReturnValue:
    """Send somebody a reminder of their card, in their working hours; not before the interview ends, not twice in four hours."""
    author, settings = _panelist(interview, author_id), guard.settings()

    def reminded(sent_at: dt.datetime) -> str:
        if sent_at <= guard.now():
            return f"{author.name} reminded."
        return f"{author.name} will be reminded {moment(sent_at)}, when their working hours begin."

    act, house = guard.act(), Installation.of(settings)
    return handle_act(
        lambda: manual_reminders.ask(db.session(), interview=interview, author=author, act=act, house=house),
        home=came_from(url_for("scorecards.of_application", application_id=interview.application_id)),
        flash=reminded,
    )
