"""What a panelist recommends after the round table: said by themselves, or written down by whoever runs the search."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts.models import User
from recruiter.debriefs import verdicts
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Forbidden, NotFound
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.debriefs import forms
from recruiter.web.debriefs.area import blueprint
from recruiter.web.debriefs.routes import debrief_page
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form, has_errors
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.act("/applications/<int:application_id>/verdicts", Permission.SCORECARD_LIST)
def record_verdict(application: Application) -> ResponseReturnValue:
    """Write down a recommendation after the round table; the one before it stays as it was."""
    session, actor, form = db.session(), guard.actor(), forms.VerdictForm()
    runs = permits.permits(session, actor=actor, permission=Permission.DEBRIEF_WRITE, on=application.requisition)
    user = session.get(User, form.who.data) if form.who.data else actor
    if user is None:
        raise NotFound
    if user.id != actor.id and not runs:
        raise Forbidden("Only who runs the search writes down what others recommend.")
    answer = handle_form(
        form,
        save=lambda: verdicts.record(
            session,
            application=application,
            user=user,
            after=int(form.after.data),
            reason=form.why.data or "",
            dissent=form.dissent.data or "",
            act=guard.act(),
        ),
        again=lambda: (
            debrief_page(application.requisition, verdict=form, application_id=str(application.id)) if runs else ""
        ),
        home=_return_url(application, runs=runs),
        flash=f"Recommendation of {user.name} recorded. The one before the round table is kept.",
        fields={"reason": "why"},
    )
    if runs or not has_errors(form):
        return answer
    first = next((str(text) for field in form for text in field.errors), general_error(form))
    return redirect_with_flash(_return_url(application, runs=False), f"Not recorded. {first}", tone="late")


def _return_url(application: Application, *, runs: bool) -> str:
    if runs:
        return url_for("debriefs.show", requisition_ref=application.requisition.key, who=application.id)
    return url_for("scorecards.of_application", application_id=application.id)
