"""An application: its timeline, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, render_template, request, url_for

from recruiter.foundation.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.keepwarm import bulk
from recruiter.keepwarm import services as acts
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Stage
from recruiter.web import guard
from recruiter.web.pipeline import forms, showing

blueprint = Blueprint("pipeline", __name__)
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class ActPage:
    """A page with one form that acts on an application."""

    title: str
    application: Application
    form: Any
    button: str
    problem: str
    options: Options
    breadcrumbs: list[tuple[str, str | None]] = field(default_factory=list)


@blueprint.get("/applications/<int:application_id>")
@guard.needs(Permission.APPLICATION_READ)
def application(application: Application) -> Any:
    """The timeline of an application, and who it is about."""
    return render_template("pipeline/application.html", page=showing.page_of(application))


def _home(application: Application) -> str:
    return url_for("pipeline.application", application_id=application.id)


def _asked(
    application: Application, form: Any, *, title: str, button: str, problem: str, options: Options, template: str
) -> str:
    crumbs: list[tuple[str, str | None]] = [
        (application.requisition.title, url_for("requisitions.board", requisition_ref=application.requisition.key)),
        (application.candidate.name, _home(application)),
        (button, None),
    ]
    page = ActPage(title, application, form, button, problem, options, crumbs)
    return render_template(template, page=page, has_errors=bool(problem or form.errors))


def _act(
    application: Application,
    form: Any,
    *,
    act: Callable[[], str],
    title: str,
    button: str,
    template: str,
    options: Options,
    undo: str | None = None,
) -> Any:
    """Show a form, or do what it says: on an error the page comes back with what was typed.

    `undo` is what the act is called where it can be taken back.
    """
    problem, status = "", 200
    before = application.stage_id
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                said = act()
            except DomainError as error:
                db.session.rollback()
                problem, status = forms.lay(form, error.errors, error.message), error.status
            else:
                back = _undo(application, action=undo, before=before) if undo else None
                db.session.commit()
                return guard.go(_after(application), said=said, undo=back)
    shown = _asked(application, form, title=title, button=button, problem=problem, options=options, template=template)
    return shown, status


def _undo(application: Application, *, action: str, before: int) -> str:
    rows = [(application, before if action == "moved" else None)]
    secret = bulk.remember(db.session(), action=action, applications=rows, actor=guard.actor(), now=guard.now())
    return url_for("pipeline.undo", secret=secret)


def _after(application: Application) -> str:
    """Where somebody came from: the board, or the application itself."""
    if request.form.get("back") == "board":
        return url_for("requisitions.board", requisition_ref=application.requisition.key)
    return _home(application)


@blueprint.post("/undo/<secret>")
@guard.needs(Permission.SIGNED_IN)
def undo(secret: str) -> Any:
    """Take back a move or an end of one's own, while nobody has gone on since."""
    try:
        done = bulk.undo(db.session(), secret=secret, actor=guard.actor(), now=guard.now())
    except DomainError as error:
        db.session.rollback()
        return guard.go(url_for("today.index"), said=error.message, tone="late")
    db.session.commit()
    if done.candidate is not None:
        return guard.go(url_for("candidates.show", candidate_id=done.candidate.id), said=done.said)
    one = done.applications[0]
    said = f"Taken back: {one.candidate.name} stands in {one.stage.name}."
    if len(done.applications) > 1:
        said = f"Taken back for {len(done.applications)} applications."
    return guard.go(url_for("requisitions.board", requisition_ref=one.requisition.key), said=said)


def _stages(application: Application) -> list[Stage]:
    return [one for one in application.requisition.stages if one.id != application.stage_id]


@blueprint.route("/applications/<int:application_id>/move", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def move(application: Application) -> Any:
    """Move an application; going back and skipping an interview ask for a reason, and what was chosen is kept."""
    stages = application.requisition.stages
    form = forms.move_form(stages)
    stood = str(application.stage_id)

    def act() -> str:
        if form.stood.data not in {None, "", stood}:
            raise Conflict(f"Not moved. Somebody else moved this application to {application.stage.name} meanwhile.")
        to = next(one for one in stages if str(one.id) == form.to_stage.data)
        acts.move(
            db.session(),
            application=application,
            to=to,
            actor=guard.actor(),
            now=guard.now(),
            reason=form.reason.data or "",
        )
        return f"{application.candidate.name} moved to {to.name}."

    return _act(
        application,
        form,
        act=act,
        title=f"Move {application.candidate.name}",
        button="Move",
        template="pipeline/move.html",
        options=[(str(one.id), one.name) for one in _stages(application)],
        undo="moved",
    )


def _listed(kind: str) -> Options:
    return [(one.code, one.label) for one in reasons.of_kind(kind)]


@blueprint.route("/applications/<int:application_id>/rejection", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def reject(application: Application) -> Any:
    """Close an application with a reason; a finalist on the bench is let go only when somebody says so."""
    bench = application.finalist is not None and application.status == ApplicationStatus.ACTIVE
    form = forms.end_form("rejection", bench=bench)

    def act() -> str:
        acts.reject(
            db.session(),
            application=application,
            said=form.said(),
            actor=guard.actor(),
            now=guard.now(),
            release_bench=bench and bool(form.release_bench.data),
        )
        return f"Application of {application.candidate.name} closed."

    return _act(
        application,
        form,
        act=act,
        title=f"Close the application of {application.candidate.name}",
        button="Close application",
        template="pipeline/end.html",
        options=_listed("rejection"),
        undo="rejected",
    )


@blueprint.route("/applications/<int:application_id>/withdrawal", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def withdraw(application: Application) -> Any:
    """Record that a candidate has withdrawn, at whatever point."""
    form = forms.end_form("withdrawal", bench=False)

    def act() -> str:
        lost = acts.withdraw(
            db.session(), application=application, said=form.said(), actor=guard.actor(), now=guard.now()
        )
        then = " The next finalist can be promoted now." if lost is not None else ""
        return f"Withdrawal of {application.candidate.name} recorded.{then}"

    return _act(
        application,
        form,
        act=act,
        title=f"Record that {application.candidate.name} withdrew",
        button="Record withdrawal",
        template="pipeline/end.html",
        options=_listed("withdrawal"),
    )


@blueprint.route("/applications/<int:application_id>/reopening", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def reopen(application: Application) -> Any:
    """Bring an ended application back to where it stood."""
    form = forms.ReopenForm()

    def act() -> str:
        acts.reopen(
            db.session(),
            application=application,
            reason=form.reason.data or "",
            actor=guard.actor(),
            now=guard.now(),
        )
        return f"Application of {application.candidate.name} reopened in {application.stage.name}."

    return _act(
        application,
        form,
        act=act,
        title=f"Reopen the application of {application.candidate.name}",
        button="Reopen application",
        template="pipeline/reopen.html",
        options=[],
    )
