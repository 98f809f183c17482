"""The debrief of a requisition: where people differ, what each saw, what was decided."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.debriefs import queries, score_leaders, services, verdicts
from recruiter.debriefs.models import DebriefRecord, Outcome
from recruiter.debriefs.queries import DebriefTable
from recruiter.debriefs.score_leaders import ChangedDecisions
from recruiter.debriefs.verdicts import PanelistVerdict
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, NotFound
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.debriefs import forms
from recruiter.web.debriefs.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import conflicts, guard
from recruiter.web.request.form_handling import general_error, handle_form
from recruiter.web.scorecards import owed_cards
from recruiter.web.scorecards.pages import OVERALL_LABELS

OUTCOME_TONES = {Outcome.GO_ON: "ok"}
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
    owed: str
    records: list[DebriefRecord]
    form: forms.DecisionForm
    opening: forms.OpenForm
    about: list[tuple[str, str]]
    now: dt.datetime
    problem: str
    panelist_verdicts: list[PanelistVerdict]
    verdict: forms.VerdictForm | None
    changed: ChangedDecisions | None
    overall_labels: ClassVar = OVERALL_LABELS
    outcomes: ClassVar = OUTCOME_LABELS
    outcome_tones: ClassVar = OUTCOME_TONES

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


def _debrief_url(requisition: Requisition, application_id: str | None) -> str:
    return url_for("debriefs.show", requisition_ref=requisition.key, who=application_id or None)


def debrief_page(
    requisition: Requisition,
    *,
    form: forms.DecisionForm | None = None,
    opening: forms.OpenForm | None = None,
    verdict: forms.VerdictForm | None = None,
    application_id: str | None = None,
) -> str:
    """The page of a debrief, with whatever form was not acceptable; `application_id` names the application that it shows."""
    session, actor = db.session(), guard.actor()
    tables = queries.tables_of(session, requisition=requisition, viewer=actor, now=guard.now())
    hidden = queries.owes_on_debrief(session, viewer=actor, requisition=requisition)
    shown_id = application_id or request.args.get("who")
    current = next((table for table in tables if str(table.application.id) == shown_id), tables[0] if tables else None)
    panelist_verdicts: list[PanelistVerdict] = []
    if current is not None and current.rows and not hidden:
        latest = verdicts.latest_verdicts(session, [current.application.id])[current.application.id]
        panelist_verdicts = verdicts.panelist_verdicts(current, latest)
    records = [] if hidden else queries.records_of(session, requisition)
    applications = [table.application for table in tables]
    form = form or forms.decision_form(applications, formdata=None, data={"seen": _last_record_id(records)})
    changed = None if hidden else score_leaders.changed_decisions(session, viewer=actor, within=scopes.searches(actor))
    page = DebriefPage(
        title=requisition.title,
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "debrief"),
        breadcrumbs=crumbs.of_requisition(requisition, "Debrief"),
        tables=tables,
        current=current,
        hidden=hidden,
        owed=owed_cards.on_requisition(requisition) if hidden else "",
        records=records,
        form=form,
        opening=opening or forms.OpenForm(formdata=None),
        about=[(str(application.id), application.candidate.name) for application in applications],
        now=guard.now(),
        problem=" ".join(general_error(sent) for sent in (form, opening, verdict) if sent is not None).strip(),
        panelist_verdicts=panelist_verdicts,
        verdict=verdict,
        changed=changed,
    )
    return render_template("debriefs/show.html", page=page, has_errors=bool(page.problem or page.errors))


def _last_record_id(records: Sequence[DebriefRecord]) -> str:
    """The record that a form was made after, as the form names it."""
    return str(records[0].id) if records else "0"


def _overtaken_sentence(records: Sequence[DebriefRecord]) -> str:
    """Who recorded another decision since a form was made, when and what."""
    if not records:
        return "This form is out of date. Look at the debrief as it is now, then record your decision. What you typed is kept."
    entry = records[0]
    outcome = OUTCOME_LABELS[entry.outcome] + ". " if entry.outcome else ""
    decision = textwrap.shorten(entry.decision, 200, placeholder="…")
    message = f"{entry.by.name} recorded a decision {conflicts.when(entry.at)}: {outcome}{decision}".rstrip(".")
    return f"{message}. Look at it, then record a change. What you typed is kept."


@blueprint.page("/requisitions/<requisition_ref>/debrief", Permission.DEBRIEF_READ)
def show(requisition: Requisition) -> str:
    """The matrix of one application, widest disagreement first, and what was decided."""
    return debrief_page(requisition)


@blueprint.act("/requisitions/<requisition_ref>/debrief", Permission.DEBRIEF_WRITE)
def record(requisition: Requisition) -> ResponseReturnValue:
    """Write down a decision on one application or on the slate."""
    session = db.session()
    discussed = queries.candidates_discussed(session, requisition)
    applications = {str(application.id): application for application in discussed}
    form = forms.decision_form(discussed)

    def save() -> DebriefRecord:
        records = queries.records_of(session, requisition)
        if conflicts.is_stale(form.seen.data, _last_record_id(records)):
            raise Conflict(_overtaken_sentence(records))
        return services.record(
            session,
            requisition=requisition,
            application=applications.get(form.application.data),
            decision=form.decision.data or "",
            open_early_because=form.open_early.data or "",
            outcome=Outcome(form.outcome.data) if form.outcome.data else None,
            reason=form.decision_reason.data or "",
            first_choice=applications.get(form.first_choice.data),
            seen=text.number(form.seen.data),
            act=guard.act(),
        )

    def again() -> str:
        if general_error(form):  # whoever records again has read what was recorded meanwhile
            form.seen.data = _last_record_id(queries.records_of(session, requisition))
        return debrief_page(requisition, form=form)

    return handle_form(
        form,
        save=save,
        again=again,
        home=_debrief_url(requisition, request.args.get("who")),
        flash="Decision recorded.",
        fields={"application_id": "application", "reason": "decision_reason"},
    )


@blueprint.act("/requisitions/<requisition_ref>/debrief/opening", Permission.DEBRIEF_WRITE)
def open_early(requisition: Requisition) -> ResponseReturnValue:
    """Open the debrief of one application before all its cards are in, saying why."""
    session, form, asked_for = db.session(), forms.OpenForm(), request.args.get("who")
    applications = queries.candidates_discussed(session, requisition)
    if not applications:
        raise NotFound
    application = next((each for each in applications if str(each.id) == asked_for), applications[0])
    act, reason = guard.act(), form.reason.data or ""
    return handle_form(
        form,
        save=lambda: services.open_early(
            session, requisition=requisition, application=application, reason=reason, act=act
        ),
        again=lambda: debrief_page(requisition, opening=form),
        home=_debrief_url(requisition, str(application.id)),
        flash="The debrief is open.",
        fields={"open_early": "reason"},
    )
