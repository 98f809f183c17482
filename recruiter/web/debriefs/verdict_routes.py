"""What a panelist recommends after the round table: said by himself, or written down by whoever runs the search."""

from __future__ import annotations

from typing import Any

from flask import url_for

from recruiter.accounts.models import User
from recruiter.debriefs import verdicts
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, Forbidden, NotFound
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.debriefs import forms
from recruiter.web.debriefs.area import blueprint
from recruiter.web.debriefs.routes import debrief_page, tables_of
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.post("/applications/<int:application_id>/verdicts")
@guard.needs(Permission.SCORECARD_LIST)
def record_verdict(application: Application) -> Any:
    """Write down a recommendation after the round table; the one before it stays as it was."""
    session, actor, form = db.session(), guard.actor(), forms.VerdictForm()
    runs = permits.permits(session, actor=actor, permission=Permission.DEBRIEF_WRITE, on=application.requisition)
    user = session.get(User, form.who.data) if form.who.data else actor
    if user is None:
        raise NotFound
    if user.id != actor.id and not runs:
        raise Forbidden("Only who runs the search writes down what others recommend.")
    problem, status = "", 422
    if form.validate():
        try:
            verdicts.record(
                session,
                application=application,
                user=user,
                after=int(form.after.data),
                reason=form.why.data or "",
                dissent=form.dissent.data or "",
                act=guard.act(),
            )
        except DomainError as error:
            session.rollback()
            status = error.status
            for key, messages in error.errors.items():
                field = form["why" if key == "reason" else key]
                field.errors = [*field.errors, *messages]
            problem = "" if error.errors else error.message
        else:
            session.commit()
            message = f"Recommendation of {user.name} recorded. The one before the round table is kept."
            return redirect_with_flash(_return_url(application, runs=runs), message=message)
    if not runs:
        first = next((str(text) for field in form for text in field.errors), problem)
        return redirect_with_flash(_return_url(application, runs=False), message=f"Not recorded. {first}", tone="late")
    requisition = application.requisition
    return debrief_page(
        requisition, tables_of(requisition), verdict=form, who=str(application.id), problem=problem, status=status
    )


def _return_url(application: Application, *, runs: bool) -> str:
    if runs:
        return url_for("debriefs.show", requisition_ref=application.requisition.key, who=application.id)
    return url_for("scorecards.of_application", application_id=application.id)
