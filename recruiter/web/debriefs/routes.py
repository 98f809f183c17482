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
from recruiter.debriefs.queries import DebriefEntry, DebriefTable
from recruiter.debriefs.score_leaders import ChangedDecisions
from recruiter.debriefs.verdicts import PanelistVerdict
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
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.scorecards.pages import OVERALL_LABELS

OUTCOME_LABELS = {Outcome.GO_ON: "Go on", Outcome.HOLD: "Hold", Outcome.STOP: "Do not go on"}


@dataclass(frozen=True)
class DebriefPage:
    """The debrief, one application at a time."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    tables: Sequence[DebriefTable]
    current: DebriefTable | None
    hidden: bool
    records: list[DebriefEntry]
    form: forms.DecisionForm
    opening: forms.OpenForm
    about: list[tuple[str, str]]
    now: dt.datetime
    problem: str = ""
    overall_labels: dict[int, str] = field(default_factory=lambda: OVERALL_LABELS)
    panelist_verdicts: list[PanelistVerdict] = field(default_factory=list)
    verdict: forms.VerdictForm | None = None
    changed: ChangedDecisions | None = None
    outcomes: dict[Outcome, str] = field(default_factory=lambda: OUTCOME_LABELS)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the id that it links to."""
        page_forms = [form for form in (self.form, self.opening, self.verdict) if form is not None]
        errors = [(field.id, text) for form in page_forms for field in form for text in field.errors]
        return list(dict.fromkeys(errors))

    @property
    def waits(self) -> bool:
        """Whether a card is missing on any of the applications and nobody went on without it."""
        return any(not table.open for table in self.tables)


def _selected_table(tables: Sequence[DebriefTable], application_id: str | None) -> DebriefTable | None:
    return next(
        (table for table in tables if str(table.application.id) == application_id), tables[0] if tables else None
    )


def _debrief_url(requisition: Requisition, who: str | None) -> str:
    return url_for("debriefs.show", requisition_ref=requisition.key, who=who or None)


def tables_of(requisition: Requisition) -> list[DebriefTable]:
    """The matrix of each application, as the viewer may see it."""
    return queries.tables_of(db.session(), requisition=requisition, viewer=guard.actor(), now=guard.now())


def debrief_page(
    requisition: Requisition,
    tables: Sequence[DebriefTable],
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
    hidden = queries.is_hidden_from(session, requisition=requisition, viewer=guard.actor())
    current = _selected_table(tables, who or request.args.get("who"))
    panelist_verdicts: list[PanelistVerdict] = []
    if current is not None and current.rows and not hidden:
        application_id = current.application.id
        panelist_verdicts = verdicts.panelist_verdicts(
            current, verdicts.latest_verdicts(session, [application_id])[application_id]
        )
    records = [] if hidden else queries.records_of(session, requisition)
    form = form or forms.decision_form(tables, formdata=None, data={"seen": _last_record_id(records)})
    page = DebriefPage(
        title=requisition.title,
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "debrief"),
        breadcrumbs=crumbs.of_requisition(requisition, "Debrief"),
        tables=tables,
        current=current,
        hidden=hidden,
        records=records,
        form=form,
        opening=opening or forms.OpenForm(formdata=None),
        about=[(str(table.application.id), table.application.candidate.name) for table in tables],
        now=guard.now(),
        problem=problem,
        panelist_verdicts=panelist_verdicts,
        verdict=verdict,
        changed=None
        if hidden
        else score_leaders.changed_decisions(session, viewer=guard.actor(), within=scopes.searches(guard.actor())),
    )
    return render_template("debriefs/show.html", page=page, has_errors=bool(problem or page.errors)), status


def _last_record_id(records: Sequence[DebriefEntry]) -> str:
    """The record that a form was made after, as the form names it."""
    return str(records[0].entry.id) if records else "0"


def _overtaken_message(form: forms.DecisionForm, records: Sequence[DebriefEntry]) -> str:
    """Who recorded another decision since a form was made, when and what; the form now names that one as seen."""
    form.seen.data, entry = _last_record_id(records), records[0].entry
    outcome = OUTCOME_LABELS[entry.outcome] + ". " if entry.outcome else ""
    message = f"{entry.by.name} recorded a decision {conflicts.when(entry.at)}: {outcome}{textwrap.shorten(entry.decision, 200, placeholder='…')}"
    return f"{message.rstrip('.')}. Look at it, then record a change. What you typed is kept."


def _apply_errors(form: Any, errors: dict[str, list[str]], message: str) -> str:
    places = {
        "application_id": "application",
        "decision": "decision",
        "open_early": "open_early",
        "reason": "decision_reason",
    }
    unplaced = ""
    for key, messages in (errors or {"": [message]}).items():
        name = places.get(key, key)
        name = name if name in form else key
        if name in form:
            form[name].errors = [*form[name].errors, *messages]
        else:
            unplaced = messages[0]
    return unplaced


@blueprint.get("/requisitions/<requisition_ref>/debrief")
@guard.needs(Permission.DEBRIEF_READ)
def show(requisition: Requisition) -> Any:
    """The matrix of one application, widest disagreement first, and what was decided."""
    return debrief_page(requisition, tables_of(requisition))


@blueprint.post("/requisitions/<requisition_ref>/debrief")
@guard.needs(Permission.DEBRIEF_WRITE)
def record(requisition: Requisition) -> Any:
    """Write down a decision on one application or on the slate."""
    session, tables = db.session(), tables_of(requisition)
    form = forms.decision_form(tables)
    if not form.validate():
        return debrief_page(requisition, tables, form=form, status=422)
    application = next(
        (table.application for table in tables if str(table.application.id) == form.application.data), None
    )
    first = next((table.application for table in tables if str(table.application.id) == form.first_choice.data), None)
    try:
        services.record(
            session,
            requisition=requisition,
            application=application,
            decision=form.decision.data or "",
            open_early_because=form.open_early.data or "",
            outcome=Outcome(form.outcome.data) if form.outcome.data else None,
            reason=form.decision_reason.data or "",
            first_choice=first,
            seen=text.number(form.seen.data),
            act=guard.act(),
        )
    except Overtaken as error:
        session.rollback()
        problem = _overtaken_message(form, queries.records_of(session, requisition))
        return debrief_page(requisition, tables_of(requisition), form=form, problem=problem, status=error.status)
    except DomainError as error:
        session.rollback()
        problem = _apply_errors(form, error.errors, error.message)
        return debrief_page(requisition, tables_of(requisition), form=form, problem=problem, status=error.status)
    session.commit()
    return redirect_with_flash(_debrief_url(requisition, request.args.get("who")), message="Decision recorded.")


@blueprint.post("/requisitions/<requisition_ref>/debrief/opening")
@guard.needs(Permission.DEBRIEF_WRITE)
def open_early(requisition: Requisition) -> Any:
    """Open the debrief of one application before all its cards are in, saying why."""
    session, tables, form = db.session(), tables_of(requisition), forms.OpenForm()
    table = _selected_table(tables, request.args.get("who"))
    if not form.validate() or table is None:
        return debrief_page(requisition, tables, opening=form, status=422)
    try:
        services.open_early(
            session,
            requisition=requisition,
            application=table.application,
            reason=form.reason.data or "",
            act=guard.act(),
        )
    except DomainError as error:
        session.rollback()
        problem = _apply_errors(form, {"reason": [error.message]}, error.message)
        return debrief_page(requisition, tables_of(requisition), opening=form, problem=problem, status=error.status)
    session.commit()
    return redirect_with_flash(_debrief_url(requisition, str(table.application.id)), message="The debrief is open.")
