"""How somebody came to a requisition, and who brought them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.pipeline import source_credit
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.candidates import forms, note_routes
from recruiter.web.candidates.area import blueprint
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

STALE = "Not saved. Somebody changed this application while you wrote. Check what stands there now, then save again."


@dataclass(frozen=True)
class SourcePage:
    """The form about how somebody came."""

    title: str
    application: Application
    form: forms.SourceForm
    people: list[tuple[str, str]]
    problem: str
    back: str
    breadcrumbs: list[tuple[str, str | None]]


def brought_by(people: list[User], chosen: str | None) -> User | None:
    """The colleague who was chosen, if any."""
    return next((user for user in people if str(user.id) == chosen), None)


def _page(
    application: Application, form: forms.SourceForm, people: list[User], *, problem: str = "", status: int = 200
) -> Any:
    back, name = note_routes.home(application), application.candidate.name
    board = url_for("requisitions.board", requisition_ref=application.requisition.key)
    page = SourcePage(
        title=f"How {name} came",
        application=application,
        form=form,
        people=[(str(user.id), user.name) for user in people],
        problem=problem,
        back=back,
        breadcrumbs=[(application.requisition.title, board), (name, back), ("Source and credit", None)],
    )
    return render_template("candidates/source.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.route("/applications/<int:application_id>/source", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_EDIT)
def source(application: Application) -> Any:
    """Record how somebody came to this requisition, and who brought them."""
    people, session = records.people(), db.session()
    data = {
        "source": application.source,
        "credited_to": str(application.credited_to_id or ""),
        "version": str(application.version),
    }
    form = forms.with_colleagues(forms.SourceForm(data=data), people)
    if not form.is_submitted():
        return _page(application, form, people)
    if not form.validate():
        return _page(application, form, people, status=422)
    try:
        if form.version.data != str(application.version):
            form.version.data = str(application.version)
            raise Conflict(STALE)
        source_credit.credit(
            session,
            application=application,
            source=form.source.data or "",
            credited_to=brought_by(people, form.credited_to.data),
            act=guard.act(),
        )
    except DomainError as error:
        session.rollback()
        general_error = forms.apply_errors(form, error.errors, error.message)
        return _page(application, form, people, problem=general_error, status=error.status)
    session.commit()
    return redirect_with_flash(note_routes.home(application), message="Source and credit saved.")
