"""Acts that need a word of why: suggestions switched off and on, a candidate who asks not to be ranked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.ranking import queries
from recruiter.ranking.suggestion import opt_out_services
from recruiter.requisitions.models import Requisition
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.model.area import blueprint
from recruiter.web.model.forms import ReasonForm
from recruiter.web.pipeline.application.forms import apply_errors
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@dataclass(frozen=True)
class PastAct:
    """One time that this was done before."""

    state: str
    who: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class ReasonPage:
    """A page with one form: what it does, in sentences, and what was done before."""

    title: str
    sentences: tuple[str, ...]
    form: Any
    button: str
    back: tuple[str, str]
    breadcrumbs: crumbs.Crumbs
    past: list[PastAct]
    problem: str = ""
    optional: bool = False


def past_acts(rows: Iterable[Any], *, on: str, labels: tuple[str, str]) -> list[PastAct]:
    """Rows of history as lines; `on` names the column that tells which of the two words fits."""
    return [
        PastAct(
            labels[0] if getattr(row, on) else labels[1], row.by.name if row.by else "Command line", row.at, row.reason
        )
        for row in rows
    ]


def handle_reason_form(page: Callable[[str], ReasonPage], *, act: Callable[[], Any], message: str) -> Any:
    """Show a form, or do what it says; on a refusal it comes back with what was typed."""
    form, problem, status = page("").form, "", 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                act()
            except DomainError as error:
                db.session.rollback()
                problem, status = apply_errors(form, error.errors, error.message), error.status
            else:
                db.session.commit()
                return redirect_with_flash(page("").back[1], message=message)
    rendered = page(problem)
    return render_template("model/act.html", page=rendered, has_errors=bool(problem or form.errors)), status


@blueprint.route("/model/switch", methods=["GET", "POST"])
@guard.needs(Permission.MODEL_MANAGE)
def switch() -> Any:
    """Switch suggestions off, or on again, in the whole company."""
    session, form = db.session(), ReasonForm()
    last = queries.switch_of(session)
    off = last is not None and not last.on

    def page(problem: str) -> ReasonPage:
        return ReasonPage(
            title="Switch suggestions on" if off else "Switch suggestions off",
            sentences=(
                ("Suggestions are off in the whole company.", "Switched on, each search shows one again, but for those that are off by themselves.")
                if off
                else ("Suggestions are on.", "Switched off, no search shows one, no case uses one and no command prints one. Orders are set by people alone; nothing is lost.")
            ),
            form=form,
            button="Switch on" if off else "Switch off",
            back=("Back to the model", url_for("model.show")),
            breadcrumbs=[("Model", url_for("model.show")), ("Off switch", None)],
            past=past_acts([last] if last else [], on="on", labels=("Switched on", "Switched off")),
            problem=problem,
            optional=off,
        )  # fmt: skip

    def act() -> None:
        opt_out_services.switch_everywhere(session, on=off, reason=form.reason.data or "", act=guard.act())

    return handle_reason_form(page, act=act, message=f"Suggestions are {'on' if off else 'off'} in the whole company.")


@blueprint.route("/requisitions/<requisition_ref>/suggestion", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_EDIT)
def suggestion(requisition: Requisition) -> Any:
    """Switch the suggestion of one search off, or on again."""
    session, form = db.session(), ReasonForm()
    off, key = not requisition.suggestion_on, requisition.key
    last = queries.switch_of(session, requisition.id)
    everywhere = queries.off_everywhere(session)

    def page(problem: str) -> ReasonPage:
        notes = (
            ("Suggestions are off in the whole company, so this shows only once they are on again.",)
            if everywhere
            else ()
        )
        return ReasonPage(
            title=f"Switch the suggestion {'on' if off else 'off'}",
            sentences=(
                f"The suggestion for {key} is {'off' if off else 'on'}.",
                "Switched on, the finalists page shows it beside the order that people set."
                if off
                else "Switched off, the order is set by people alone; the scorecards and the debrief stay as they are.",
                *notes,
            ),
            form=form,
            button="Switch on" if off else "Switch off",
            back=("Back to the finalists", url_for("finalists.show", requisition_ref=key)),
            breadcrumbs=crumbs.of_requisition(
                requisition, ("Finalists", url_for("finalists.show", requisition_ref=key)), "Suggestion"
            ),
            past=past_acts([last] if last else [], on="on", labels=("Switched on", "Switched off")),
            problem=problem,
            optional=off,
        )

    def act() -> None:
        opt_out_services.switch(
            session,
            requisition=requisition,
            on=off,
            reason=form.reason.data or "",
            act=guard.act(),
        )

    return handle_reason_form(page, act=act, message=f"The suggestion for {key} is {'on' if off else 'off'}.")


@blueprint.route("/applications/<int:application_id>/ranking", methods=["GET", "POST"])
@guard.needs(Permission.RANKING_WISH)
def wish(application: Application) -> Any:
    """Record that a candidate asked not to be ranked, or took that back."""
    session, form = db.session(), ReasonForm()
    last = queries.wish_of(session, application.id)
    ranked, name = last is None or last.ranked, application.candidate.name
    home = url_for("pipeline.application", application_id=application.id)

    def page(problem: str) -> ReasonPage:
        return ReasonPage(
            title="Do not rank" if ranked else "Rank again",
            sentences=(
                (
                    f"{name} is ranked wherever there is a suggestion.",
                    "Without ranking, nothing is worked out: no score, no place, no comparison. The model does not learn from their scorecards.",
                    "On the finalists page the candidate stands beside the ranking with the same rights, and can be put anywhere in the order.",
                )
                if ranked
                else (f"{name} asked not to be ranked.", "Ranked again, the suggestion takes the scorecards in as it does those of others.")
            ),
            form=form,
            button="Do not rank" if ranked else "Rank again",
            back=("Back to the application", home),
            breadcrumbs=[(application.requisition.title, url_for("requisitions.board", requisition_ref=application.requisition.key)), (name, home), ("Ranking", None)],
            past=past_acts([last] if last else [], on="ranked", labels=("Ranked again", "Not ranked")),
            problem=problem,
        )  # fmt: skip

    def act() -> None:
        opt_out_services.record_wish(
            session,
            application=application,
            ranked=not ranked,
            reason=form.reason.data or "",
            act=guard.act(),
        )

    return handle_reason_form(
        page, act=act, message=f"{name} is {'not ranked any more' if ranked else 'ranked again'}."
    )
