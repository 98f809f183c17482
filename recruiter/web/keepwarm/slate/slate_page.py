"""The slate and bench of a requisition: who could be called today, where dates clash, and the clocks that it goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.foundation.database.db import db
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.overview import contact_list, feedback_owed, readiness_queries
from recruiter.keepwarm.overview.feedback_owed import OwedFeedback
from recruiter.keepwarm.schedule import agreement_queries, deadline_clashes
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import CLOCKS, Situation
from recruiter.keepwarm.schedule.deadline_clashes import Clash
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import scopes
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.keepwarm.lamps import Lamps
from recruiter.web.keepwarm.slate import slate_forms
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error
from recruiter.web.text.filters import application_status


@dataclass(frozen=True)
class Seat:
    """One finalist of the slate; the reason for the place stays away while the viewer scores blind."""

    application: Application
    line: list_page.Line | None
    reason: str
    ended: str
    lamps: Lamps
    owed: OwedFeedback | None


@dataclass(frozen=True)
class Row:
    """One clock of the table: the days here, and the usual ones."""

    situation: Situation
    label: str
    hint: str


@dataclass(frozen=True)
class SlatePage:
    """Slate and bench of one requisition."""

    title: str
    requisition: Requisition
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    seats: list[Seat]
    blind: bool
    ready: int
    clashes: list[Clash]
    decision: OurDate | None
    approvals: list[OurDate]
    suggested: dt.date | None
    rows: list[Row]
    cadence: Any
    decide: Any
    approve: Any
    opened: str
    problem: str
    today: dt.date


def approvers() -> list[User]:
    """Who may promise an approval."""
    roles = {Role.APPROVER, Role.ADMIN}
    return [user for user in accounts.everybody(db.session()) if user.active and user.role in roles]


def _seats(requisition: Requisition) -> tuple[list[Seat], bool]:
    session, moment = db.session(), guard.act()
    slate = pipeline.finalists_of(session, requisition)
    rows = contact_list.rows_for(session, slate, moment=moment, viewer=guard.actor())
    blind = bool(list_page.blind_on(rows))
    active = [finalist.application for finalist in slate if finalist.application.status == ApplicationStatus.ACTIVE]
    lights = readiness_queries.readiness_checks_of(session, active, moment=moment)
    this_search = Scope(lambda numbers: numbers == requisition.id)
    feedback = feedback_owed.owed(session, searches=this_search, moment=moment)
    owed_to = {owed.application.id: owed for owed in feedback}
    seats = []
    for row in rows:
        application, running = row.application, row.application.id in lights
        seats.append(
            Seat(
                application=application,
                line=list_page.line_of(row, blind=blind) if running else None,
                reason="" if blind else row.finalist.reason,
                ended="" if running else application_status(application.status),
                lamps=Lamps(lights.get(application.id, ())),
                owed=owed_to.get(application.id),
            )
        )
    if blind:
        seats.sort(key=lambda seat: seat.application.candidate.name.casefold())
    return sorted(seats, key=lambda seat: seat.line is None), blind


def _table(days: dict[Situation, int]) -> list[Row]:
    return [
        Row(
            situation,
            clock.label,
            f"{clock.does} (usually {clock.days}{', changed here' if days[situation] != clock.days else ''})",
        )
        for situation, clock in CLOCKS.items()
    ]


def page_of(requisition: Requisition, *, opened: str = "", form: Any = None) -> SlatePage:
    """Gather the page; `opened` names the form that came back, which stands as it was typed."""
    session = db.session()
    seats, blind = _seats(requisition)
    dates = agreement_queries.dates_of(session, [requisition.id]).get(requisition.id, [])
    decision = next((agreed for agreed in dates if agreed.kind == DateKind.DECISION), None)
    clashes = deadline_clashes.deadline_clashes(session, within=scopes.searches(guard.actor()), moment=guard.act())
    days = agreement_queries.days_here(session, requisition)
    fresh_forms: dict[str, Callable[[], Any]] = {
        "cadence": lambda: slate_forms.cadence(days, formdata=None),
        "decide": lambda: slate_forms.DecisionForm(formdata=None),
        "approve": lambda: slate_forms.ApprovalForm(approvers(), formdata=None),
    }
    forms_shown = {key: form if key == opened else make() for key, make in fresh_forms.items()}
    return SlatePage(
        title=f"Bench: {requisition.title}",
        requisition=requisition,
        breadcrumbs=crumbs.of_requisition(requisition, "Bench"),
        tabs=tabs.requisition_tabs(requisition, "bench"),
        seats=seats,
        blind=blind,
        ready=sum(seat.lamps.ready for seat in seats),
        clashes=[clash for clash in clashes if clash.application.requisition_id == requisition.id],
        decision=decision,
        approvals=[agreed for agreed in dates if agreed.kind == DateKind.APPROVAL],
        suggested=guard.calendar().add(decision.due_on, days[Situation.BUFFER]) if decision else None,
        rows=_table(days),
        opened=opened,
        problem=general_error(form) if form else "",
        today=guard.today(),
        **forms_shown,
    )


def render(requisition: Requisition, *, opened: str = "", form: Any = None) -> str:
    """The page as HTML; `opened` names the form that came back."""
    page = page_of(requisition, opened=opened, form=form)
    return render_template("keepwarm/slate.html", page=page, has_errors=form is not None)
