"""The slate and bench of a requisition: who could be called today, where dates clash, and the clocks that it goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.foundation.database.db import db
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.overview import contact_list, feedback_owed, readiness_queries, readiness_rules
from recruiter.keepwarm.overview.readiness_rules import Light
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
from recruiter.web.text.filters import stands

TONES = {readiness_rules.State.GREEN: "ok", readiness_rules.State.AMBER: "due", readiness_rules.State.RED: "late"}


@dataclass(frozen=True)
class Lamp:
    """A light as the page shows it."""

    light: Light
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
    owed: feedback_owed.Owed | None


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


def lamps(found: tuple[Light, ...]) -> list[Lamp]:
    """Lights with their tone and sign, so that colour is never the only one to say it."""
    icons = {
        readiness_rules.State.GREEN: "check",
        readiness_rules.State.AMBER: "clock",
        readiness_rules.State.RED: "warn",
    }
    return [Lamp(one, TONES[one.state], icons[one.state]) for one in found]


def approvers() -> list[User]:
    """Who may promise an approval."""
    roles = {Role.APPROVER, Role.ADMIN}
    return [one for one in accounts.everybody(db.session()) if one.active and one.role in roles]


def _seats(requisition: Requisition) -> tuple[list[Seat], bool]:
    session, now, today, zone = db.session(), guard.now(), guard.today(), guard.configured().zone
    slate = pipeline.finalists_of(session, requisition)
    rows = contact_list.rows_for(session, slate, now=now, zone=zone, calendar=guard.calendar(), viewer=guard.actor())
    blind = bool(list_page.blind_on(rows))
    shown = {row.application.id: list_page.line_of(row, today=today, blind=blind) for row in rows}
    active = [one.application for one in slate if one.application.status == ApplicationStatus.ACTIVE]
    lit = readiness_queries.lights_of(session, active, now=now, zone=zone)
    owed = {
        one.application.id: one
        for one in feedback_owed.of_requisition(session, requisition, zone=zone, calendar=guard.calendar())
    }
    seats = [
        Seat(
            application=one.application,
            line=shown[one.application_id] if one.application_id in lit else None,
            reason="" if blind else one.reason,
            ended="" if one.application_id in lit else stands(one.application.status),
            lamps=lamps(lit.get(one.application_id, ())),
            green=sum(each.state == readiness_rules.State.GREEN for each in lit.get(one.application_id, ())),
            ready=one.application_id in lit and readiness_rules.ready(lit[one.application_id]),
            owed=owed.get(one.application_id),
        )
        for one in slate
    ]
    if blind:
        seats.sort(key=lambda one: one.application.candidate.name.casefold())
    return sorted(seats, key=lambda one: one.line is None), blind


def _table(days: dict[Situation, int]) -> list[Row]:
    return [
        Row(
            one,
            clock.label,
            f"{clock.does} (usually {clock.days}{', changed here' if days[one] != clock.days else ''})",
        )
        for one, clock in CLOCKS.items()
    ]


def page_of(requisition: Requisition, *, opened: str = "", form: Any = None, problem: str = "") -> SlatePage:
    """Gather the page; `opened` names the form that came back, which stands as it was typed."""
    session, today = db.session(), guard.today()
    seats, blind = _seats(requisition)
    dates = agreement_queries.dates_of(session, [requisition.id]).get(requisition.id, [])
    decision = next((one for one in dates if one.kind == DateKind.DECISION), None)
    here = scopes.searches(guard.actor())
    found = deadline_clashes.found(
        session, within=here, now=guard.now(), zone=guard.configured().zone, calendar=guard.calendar()
    )
    days = agreement_queries.days_here(session, requisition)
    fresh: dict[str, Callable[[], Any]] = {
        "cadence": lambda: slate_forms.cadence(days, formdata=None),
        "decide": lambda: slate_forms.DecisionForm(formdata=None),
        "approve": lambda: slate_forms.approval(approvers(), formdata=None),
    }
    shown = {key: form if key == opened else make() for key, make in fresh.items()}
    return SlatePage(
        title=f"Bench: {requisition.title}",
        requisition=requisition,
        breadcrumbs=crumbs.of_requisition(requisition, "Bench"),
        tabs=tabs.requisition_tabs(requisition, "bench"),
        seats=seats,
        blind=blind,
        ready=sum(one.ready for one in seats),
        clashes=[one for one in found if one.application.requisition_id == requisition.id],
        decision=decision,
        approvals=[one for one in dates if one.kind == DateKind.APPROVAL],
        suggested=guard.calendar().add(decision.due_on, days[Situation.BUFFER]) if decision else None,
        rows=_table(days),
        opened=opened,
        problem=problem,
        today=today,
        **shown,
    )
