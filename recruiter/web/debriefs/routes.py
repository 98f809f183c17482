"""The debrief of a requisition: where people differ, what each saw, what was decided."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for

from recruiter.debriefs import queries, score_leaders, services, verdicts
from recruiter.debriefs.models import Outcome
from recruiter.debriefs.queries import Record, Table
from recruiter.debriefs.score_leaders import Changed
from recruiter.debriefs.verdicts import Stand
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, Overtaken
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.debriefs import forms
from recruiter.web.debriefs.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import conflicts, guard
from recruiter.web.scorecards.pages import OVERALL_WORDS

OUTCOME_WORDS = {Outcome.GO_ON: "Go on", Outcome.HOLD: "Hold", Outcome.STOP: "Do not go on"}


@dataclass(frozen=True)
class DebriefPage:
    """The debrief, one application at a time."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    tables: Sequence[Table]
    shown: Table | None
    hidden: bool
    records: list[Record]
    form: forms.DecisionForm
    opening: forms.OpenForm
    about: list[tuple[str, str]]
    now: dt.datetime
    problem: str = ""
    words: dict[int, str] = field(default_factory=lambda: OVERALL_WORDS)
    stands: list[Stand] = field(default_factory=list)
    verdict: forms.VerdictForm | None = None
    changed: Changed | None = None
    outcomes: dict[Outcome, str] = field(default_factory=lambda: OUTCOME_WORDS)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the id that it links to."""
        asked = [one for one in (self.form, self.opening, self.verdict) if one is not None]
        found = [(one.id, text) for form in asked for one in form for text in one.errors]
        return list(dict.fromkeys(found))

    @property
    def waits(self) -> bool:
        """Whether a card is missing on any of the applications and nobody went on without it."""
        return any(not one.open for one in self.tables)


def _chosen(tables: Sequence[Table], who: str | None) -> Table | None:
    return next((one for one in tables if str(one.application.id) == who), tables[0] if tables else None)


def _where(requisition: Requisition, who: str | None) -> str:
    return url_for("debriefs.show", requisition_ref=requisition.key, who=who or None)


def tables_of(requisition: Requisition) -> list[Table]:
    """The matrix of each application, as the viewer may see it."""
    return queries.tables(db.session(), requisition=requisition, viewer=guard.actor(), now=guard.now())


def shown(
    requisition: Requisition,
    tables: Sequence[Table],
    *,
    form: forms.DecisionForm | None = None,
    opening: forms.OpenForm | None = None,
    verdict: forms.VerdictForm | None = None,
    who: str | None = None,
    problem: str = "",
    status: int = 200,
) -> Any:
    """The page of a debrief, with whatever form was not acceptable; `who` names the application that it shows."""
    session = db.session()
    hidden = queries.hides(session, requisition=requisition, viewer=guard.actor())
    chosen = _chosen(tables, who or request.args.get("who"))
    stands: list[Stand] = []
    if chosen is not None and chosen.rows and not hidden:
        number = chosen.application.id
        stands = verdicts.stands(chosen, verdicts.last_of(session, [number])[number])
    records = [] if hidden else queries.records_of(session, requisition)
    form = form or forms.decision_form(tables, formdata=None, data={"seen": _last(records)})
    page = DebriefPage(
        title=requisition.title,
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "debrief"),
        breadcrumbs=crumbs.of_requisition(requisition, "Debrief"),
        tables=tables,
        shown=chosen,
        hidden=hidden,
        records=records,
        form=form,
        opening=opening or forms.OpenForm(formdata=None),
        about=[(str(one.application.id), one.application.candidate.name) for one in tables],
        now=guard.now(),
        problem=problem,
        stands=stands,
        verdict=verdict,
        changed=None
        if hidden
        else score_leaders.changed(session, viewer=guard.actor(), within=scopes.searches(guard.actor())),
    )
    return render_template("debriefs/show.html", page=page, has_errors=bool(problem or page.errors)), status


def _last(records: Sequence[Record]) -> str:
    """The record that a form was made after, as the form names it."""
    return str(records[0].entry.id) if records else "0"


def _overtaken(form: forms.DecisionForm, records: Sequence[Record]) -> str:
    """Who recorded another decision since a form was made, when and what; the form now names that one as seen."""
    form.seen.data, entry = _last(records), records[0].entry
    words = OUTCOME_WORDS[entry.outcome] + ". " if entry.outcome else ""
    said = f"{entry.by.name} recorded a decision {conflicts.when(entry.at)}: {words}{textwrap.shorten(entry.decision, 200, placeholder='…')}"
    return f"{said.rstrip('.')}. Look at it, then record a change. What you typed is kept."


def _laid(form: Any, errors: dict[str, list[str]], message: str) -> str:
    places = {
        "application_id": "application",
        "decision": "decision",
        "open_early": "open_early",
        "reason": "decision_reason",
    }
    left = ""
    for key, found in (errors or {"": [message]}).items():
        name = places.get(key, key)
        name = name if name in form else key
        if name in form:
            form[name].errors = [*form[name].errors, *found]
        else:
            left = found[0]
    return left


@blueprint.get("/requisitions/<requisition_ref>/debrief")
@guard.needs(Permission.DEBRIEF_READ)
def show(requisition: Requisition) -> Any:
    """The matrix of one application, widest disagreement first, and what was decided."""
    return shown(requisition, tables_of(requisition))


@blueprint.post("/requisitions/<requisition_ref>/debrief")
@guard.needs(Permission.DEBRIEF_WRITE)
def record(requisition: Requisition) -> Any:
    """Write down a decision on one application or on the slate."""
    session, tables = db.session(), tables_of(requisition)
    form = forms.decision_form(tables)
    if not form.validate():
        return shown(requisition, tables, form=form, status=422)
    about = next((one.application for one in tables if str(one.application.id) == form.application.data), None)
    first = next((one.application for one in tables if str(one.application.id) == form.first_choice.data), None)
    try:
        services.record(
            session,
            requisition=requisition,
            application=about,
            decision=form.decision.data or "",
            open_early_because=form.open_early.data or "",
            outcome=Outcome(form.outcome.data) if form.outcome.data else None,
            reason=form.decision_reason.data or "",
            first_choice=first,
            seen=text.number(form.seen.data),
            actor=guard.actor(),
            now=guard.now(),
        )
    except Overtaken as error:
        session.rollback()
        problem = _overtaken(form, queries.records_of(session, requisition))
        return shown(requisition, tables_of(requisition), form=form, problem=problem, status=error.status)
    except DomainError as error:
        session.rollback()
        problem = _laid(form, error.errors, error.message)
        return shown(requisition, tables_of(requisition), form=form, problem=problem, status=error.status)
    session.commit()
    return guard.go(_where(requisition, request.args.get("who")), said="Decision recorded.")


@blueprint.post("/requisitions/<requisition_ref>/debrief/opening")
@guard.needs(Permission.DEBRIEF_WRITE)
def open_early(requisition: Requisition) -> Any:
    """Open the debrief of one application before all its cards are in, saying why."""
    session, tables, form = db.session(), tables_of(requisition), forms.OpenForm()
    about = _chosen(tables, request.args.get("who"))
    if not form.validate() or about is None:
        return shown(requisition, tables, opening=form, status=422)
    try:
        services.open_early(
            session,
            requisition=requisition,
            application=about.application,
            reason=form.reason.data or "",
            actor=guard.actor(),
            now=guard.now(),
        )
    except DomainError as error:
        session.rollback()
        problem = _laid(form, {"reason": [error.message]}, error.message)
        return shown(requisition, tables_of(requisition), opening=form, problem=problem, status=error.status)
    session.commit()
    return guard.go(_where(requisition, str(about.application.id)), said="The debrief is open.")
