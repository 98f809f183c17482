"""The page with one form that acts on an application: the form comes back with what was typed, an act can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation.database.db import db
from recruiter.pipeline import history_queries
from recruiter.pipeline.exit_checklist import ExitCheck
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import conflicts, guard
from recruiter.web.request.form_handling import Message, handle_form
from recruiter.web.request.redirects import safe_path
from recruiter.web.text.filters import day

Saved = TypeVar("Saved")


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
    user_name, stage_name, at = history_queries.latest_change(db.session(), application)
    name = application.candidate.name
    action_text = f"moved {name} to {stage_name}" if stage_name else f"closed the application of {name}"
    if application.status == ApplicationStatus.HIRED:
        action_text = f"recorded that {name} has started work"
    return f"{user_name} {action_text} {conflicts.when(at)}."


def _is_over(application: Application) -> bool:
    return not application.is_active


def _state_text(application: Application) -> str:
    """How an application stands, for whoever wants to do what it does not allow."""
    name = application.candidate.name
    if application.status == ApplicationStatus.HIRED:
        return f"{name} has started work, so this can\u2019t be done any more."
    if application.is_active:
        return f"The application of {name} is open. There is nothing to reopen."
    verb = "withdrew" if application.status == ApplicationStatus.WITHDRAWN else "was let go"
    on = f" on {day(guard.act().day_of(application.ended_at))}" if application.ended_at else ""
    return f"{name} {verb}{on}. To do this, reopen the application first."


def undo_href(back: str) -> Callable[[str], str]:
    """Makes of a secret the address that takes an act back, and leads to where it was done."""
    return lambda secret: url_for("pipeline.undo", secret=secret, back=back)


def handle_action(
    application: Application,
    form: FlaskForm,
    *,
    save: Callable[[], Saved],
    flash: Message | Callable[[Saved], Message],
    title: str,
    button: str,
    template: str,
    undo: Callable[[Saved], str | None] | None = None,
    leaving: Callable[[], Sequence[ExitCheck]] = tuple,
    of_closed: bool = False,
) -> ResponseReturnValue:
    """Show a form that acts on an application, or do what it says and go on to where somebody came from.

    `save` answers what `flash` and `undo` need, `undo` makes the address that takes the act back, where that can be done.
    `leaving` is what the stage asks for before it is left. Where the act cannot be done, the page says why and shows no form:
    applications that go on are acted on, with `of_closed` those that have ended.
    """
    if not form.is_submitted() and _is_over(application) != of_closed:
        way = breadcrumbs.of_application(application, button)
        return FormPage(title, way, form).rendered(
            "pipeline/no_act.html", application=application, href=home(application), sentence=_state_text(application)
        )

    def again() -> str:
        back, way = came_from() or "", breadcrumbs.of_application(application, button)
        href = back if back and back != "board" else home(application)
        context: dict[str, object] = {
            "application": application,
            "button": button,
            "back": back,
            "href": href,
            "leaving": leaving(),
        }
        return FormPage(title, way, form).rendered(template, **context)

    return handle_form(form, save=save, again=again, home=way_back(application), flash=flash, undo=undo)
