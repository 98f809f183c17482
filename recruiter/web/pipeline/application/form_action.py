"""What every page with one form on an application shares: the form comes back with what was typed, an act can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.keepwarm import undo_tokens
from recruiter.pipeline import queries
from recruiter.pipeline.exit_checklist import ExitCheck
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.web.pipeline.application import forms
from recruiter.web.request import conflicts, guard
from recruiter.web.request.redirects import redirect_with_flash, safe_path

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class ActionPage:
    """A page with one form that acts on an application; `back` is where somebody came from."""

    title: str
    application: Application
    form: Any
    button: str
    problem: str
    options: Options
    back: str
    leaving: Sequence[ExitCheck] = ()
    breadcrumbs: list[tuple[str, str | None]] = field(default_factory=list)


def home(application: Application) -> str:
    """The page of an application."""
    return url_for("pipeline.application", application_id=application.id)


def came_from() -> str | None:
    """Where somebody came from, if it is a page of this site; `board` alone stands for the board."""
    back = request.values.get("back", "")
    return back if back == "board" else safe_path(back)


def way_back(application: Application) -> str:
    """Where to go on to: the board with its filters, or the application itself."""
    back = came_from()
    if back == "board":
        return url_for("requisitions.board", requisition_ref=application.requisition.key)
    return back or home(application)


def latest_change_text(application: Application) -> str:
    """Who changed an application since somebody read it, what it was, and when."""
    user_name, stage_name, at = queries.latest_change(db.session(), application)
    name = application.candidate.name
    action_text = f"moved {name} to {stage_name}" if stage_name else f"closed the application of {name}"
    if application.status == ApplicationStatus.HIRED:
        action_text = f"recorded that {name} has started work"
    return f"{user_name} {action_text} {conflicts.when(at)}."


def undo_href(
    action: str,
    rows: Sequence[tuple[Application, undo_tokens.Snapshot]],
    *,
    back: str,
) -> str:
    """The address that takes an act back and leads to where it was done."""
    secret = undo_tokens.issue_for_applications(
        db.session(), action=undo_tokens.UndoAction(action), before=rows, act=guard.act()
    )
    return url_for("pipeline.undo", secret=secret, back=back)


def handle_form(
    application: Application,
    form: Any,
    *,
    act: Callable[[], str],
    title: str,
    button: str,
    template: str,
    options: Options,
    undo: str | None = None,
    leaving: Callable[[], Sequence[ExitCheck]] = tuple,
) -> Any:
    """Show a form, or do what it says: on an error the page comes back with what was typed.

    `undo` is what the act is called where it can be taken back. `leaving` is what the stage asks for before it is left.
    """
    problem, status = "", 200
    snapshots: dict[str, undo_tokens.Snapshot] = {
        "moved": undo_tokens.StageSnapshot.of(application),
        "handed": undo_tokens.OwnerSnapshot(application.owner_id),
    }
    before = snapshots.get(undo or "")
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                message = act()
            except DomainError as error:
                db.session.rollback()
                problem, status = forms.apply_errors(form, error.errors, error.message), error.status
            else:
                rows = [(application, before)]
                back = way_back(application)
                reversal_href = undo_href(undo, rows, back=back) if undo else None
                db.session.commit()
                return redirect_with_flash(back, message=message, undo=reversal_href)
    breadcrumbs: list[tuple[str, str | None]] = [
        (application.requisition.title, url_for("requisitions.board", requisition_ref=application.requisition.key)),
        (application.candidate.name, home(application)),
        (button, None),
    ]
    page = ActionPage(title, application, form, button, problem, options, came_from() or "", leaving(), breadcrumbs)
    return render_template(template, page=page, has_errors=bool(problem or form.errors)), status
