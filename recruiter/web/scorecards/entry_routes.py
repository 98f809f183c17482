"""A card that its author gave on paper or by mail, written down for him and marked so."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.interviews.models import Interview
from recruiter.policy.permissions import Permission
from recruiter.scorecards import services
from recruiter.scorecards.models import CardChannel
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint


def panelist(interview: Interview, author_id: int) -> User:
    """Somebody on the panel of an interview; NotFound for anybody else."""
    user = next((seat.user for seat in interview.panel if seat.user_id == author_id), None)
    if user is None:
        raise NotFound
    return user


@blueprint.form("/interviews/<int:interview_id>/scorecards/<int:author_id>", Permission.SCORECARD_ENTER)
def enter(interview: Interview, author_id: int) -> ResponseReturnValue:
    """Write down the card of somebody on the panel; it says who entered it and how it came."""
    author = panelist(interview, author_id)
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
