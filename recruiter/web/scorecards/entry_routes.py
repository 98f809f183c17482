"""A card that its author gave on paper or by mail, written down for him and marked so."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, NotFound
from recruiter.interviews.models import Interview
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries, services
from recruiter.scorecards.models import CardChannel
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint
from recruiter.web.scorecards.routes import parts


def panelist(interview: Interview, author_id: int) -> User:
    """Somebody on the panel of an interview; NotFound for anybody else."""
    user = next((seat.user for seat in interview.panel if seat.user_id == author_id), None)
    if user is None:
        raise NotFound
    return user


@blueprint.route("/interviews/<int:interview_id>/scorecards/<int:author_id>", methods=["GET", "POST"])
@guard.needs(Permission.SCORECARD_ENTER)
def enter(interview: Interview, author_id: int) -> Any:
    """Write down the card of somebody on the panel; it says who entered it and how it came."""
    session, author = db.session(), panelist(interview, author_id)
    attributes = interview.application.requisition.attributes
    form = forms.card_form(attributes, forms.EntryForm)
    problem, status = "", 200
    if form.is_submitted():
        status = 422
        complete = forms.check_choices(form, attributes, interview.focus) if form.validate() else False
        if complete:
            try:
                services.enter_for(
                    session,
                    interview=interview,
                    author=author,
                    channel=CardChannel(form["channel"].data),
                    marks=forms.marks(form, attributes),
                    overall=forms.overall(form),
                    summary=form.summary.data or "",
                    optional=forms.optional_parts(form),
                    act=guard.act(),
                )
            except DomainError as error:
                session.rollback()
                forms.apply_errors(form, attributes, error.errors)
                problem, status = "" if error.errors else error.message, error.status
            else:
                session.commit()
                home = url_for("scorecards.of_application", application_id=interview.application_id)
                return redirect_with_flash(
                    home, message=f"Scorecard of {author.name} entered. It says that you entered it."
                )
    counts = queries.card_counts(session, [interview.application_id], now=guard.now())[interview.application_id]
    page = pages.page_of(
        interview,
        counts,
        parts=parts(interview),
        card=None,
        form=form,
        problem=problem,
        author=author.name,
        channels=[(channel.value, label.capitalize()) for channel, label in pages.CHANNEL_LABELS.items()],
        evidence_for_all=queries.evidence_for_all(session, interview.application.requisition_id),
    )
    return render_template("scorecards/enter.html", page=page, has_errors=bool(page.errors or problem)), status
