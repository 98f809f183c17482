"""The slate and bench of a requisition: who could be called today, where dates clash, and the clocks that it goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy import select

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.foundation.database.db import db
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.overview import contact_list, feedback_owed, readiness_queries, readiness_rules
from recruiter.keepwarm.overview.readiness_rules import ReadinessCheck
from recruiter.keepwarm.schedule import agreement_queries, deadline_clashes
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import CLOCKS, Situation
from recruiter.keepwarm.schedule.deadline_clashes import Clash
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import scopes
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.keepwarm.slate import slate_forms
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error
from recruiter.web.text.filters import application_status

TONES = {readiness_rules.State.GREEN: "ok", readiness_rules.State.AMBER: "due", readiness_rules.State.RED: "late"}


@dataclass(frozen=True)
class Lamp:
    """A light as the page shows it."""

    light: ReadinessCheck
    tone: str
    icon: str


@dataclass(frozen=True)
class Seat:
    """One finalist of the slate; the reason for the place stays away while the viewer scores blind."""

    application: Application
    line: list_page.Line | None
    reason: str
    ended: str
    lamps: list[Lamp]
    green: int
    ready: bool
    owed: feedback_owed.OwedFeedback | None


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


def lamps(lights: tuple[ReadinessCheck, ...]) -> list[Lamp]:
    """Lights with their tone and sign, so that colour is never the only one to say it."""
    icons = {
        readiness_rules.State.GREEN: "check",
        readiness_rules.State.AMBER: "clock",
        readiness_rules.State.RED: "warn",
    }
    return [Lamp(light, TONES[light.state], icons[light.state]) for light in lights]


def approvers() -> list[User]:
    """Who may promise an approval."""
    roles = {Role.APPROVER, Role.ADMIN}
    return [user for user in accounts.everybody(db.session()) if user.active and user.role in roles]


def _seats(requisition: Requisition) -> tuple[list[Seat], bool]:
    session, today = db.session(), guard.today()
    slate = pipeline.finalists_of(session, requisition)
    rows = contact_list.rows_for(session, slate, moment=guard.act(), viewer=guard.actor())
    blind = bool(list_page.blind_on(rows))
    lines = {row.application.id: list_page.line_of(row, today=today, blind=blind) for row in rows}
    active = [finalist.application for finalist in slate if finalist.application.status == ApplicationStatus.ACTIVE]
    lights = readiness_queries.readiness_checks_of(session, active, moment=guard.act())
    this_search = select(Requisition.id).where(Requisition.id == requisition.id)
    feedback_by_application = {
        feedback.application.id: feedback
        for feedback in feedback_owed.owed(session, searches=this_search, moment=guard.act())
    }
    seats = [
        Seat(
            application=finalist.application,
            line=lines[finalist.application_id] if finalist.application_id in lights else None,
            reason="" if blind else finalist.reason,
            ended="" if finalist.application_id in lights else application_status(finalist.application.status),
            lamps=lamps(lights.get(finalist.application_id, ())),
            green=sum(light.state == readiness_rules.State.GREEN for light in lights.get(finalist.application_id, ())),
            ready=finalist.application_id in lights and readiness_rules.ready(lights[finalist.application_id]),
            owed=feedback_by_application.get(finalist.application_id),
        )
        for finalist in slate
    ]
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
    session, today = db.session(), guard.today()
    seats, blind = _seats(requisition)
    dates = agreement_queries.dates_of(session, [requisition.id]).get(requisition.id, [])
    decision = next((agreed for agreed in dates if agreed.kind == DateKind.DECISION), None)
    visible_searches = scopes.searches(guard.actor())
    clashes = deadline_clashes.deadline_clashes(session, within=visible_searches, moment=guard.act())
    days = agreement_queries.days_here(session, requisition)
    fresh_forms: dict[str, Callable[[], Any]] = {
        "cadence": lambda: slate_forms.cadence(days, formdata=None),
        "decide": lambda: slate_forms.DecisionForm(formdata=None),
        "approve": lambda: slate_forms.approval(approvers(), formdata=None),
    }
    forms_shown = {key: form if key == opened else make() for key, make in fresh_forms.items()}
    return SlatePage(
        title=f"Bench: {requisition.title}",
        requisition=requisition,
        breadcrumbs=crumbs.of_requisition(requisition, "Bench"),
        tabs=tabs.requisition_tabs(requisition, "bench"),
        seats=seats,
        blind=blind,
        ready=sum(seat.ready for seat in seats),
        clashes=[clash for clash in clashes if clash.application.requisition_id == requisition.id],
        decision=decision,
        approvals=[agreed for agreed in dates if agreed.kind == DateKind.APPROVAL],
        suggested=guard.calendar().add(decision.due_on, days[Situation.BUFFER]) if decision else None,
        rows=_table(days),
        opened=opened,
        problem=general_error(form) if form else "",
        today=today,
        **forms_shown,
    )


def render(requisition: Requisition, *, opened: str = "", form: Any = None) -> str:
    """The page as HTML; `opened` names the form that came back."""
    page = page_of(requisition, opened=opened, form=form)
    return render_template("keepwarm/slate.html", page=page, has_errors=form is not None)
