"""Requisitions: the list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.pipeline import queries as pipeline
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.request_context import cursor_asked, next_cursor
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.web.request import guard
from recruiter.web.requisitions.area import blueprint

ROWS = 50


@dataclass(frozen=True)
class RequisitionRow:
    """One requisition of the list."""

    requisition: Requisition
    active: int
    finalists: int
    filled: int
    days_open: int


@dataclass(frozen=True)
class ListPage:
    """The list of requisitions."""

    title: str
    rows: list[RequisitionRow]
    next: str | None
    q: str
    status: str
    statuses: list[str]
    opens: bool

    @property
    def is_narrowed(self) -> bool:
        """Whether the list shows other requisitions than those that are open."""
        return bool(self.q) or self.status != RequisitionStatus.OPEN


@blueprint.page("/requisitions", Permission.REQUISITION_LIST)
def index() -> ResponseReturnValue:
    """Requisitions whose board somebody may see, newest first; open ones unless asked otherwise."""
    session, q = db.session(), text.clean(request.args.get("q", ""))[:200]
    status, cursor = request.args.get("status", "open"), cursor_asked()
    statuses = {status.value for status in RequisitionStatus}
    wanted = RequisitionStatus(status) if status in statuses else None
    within = scopes.searches(guard.actor())
    result = queries.page(session, within=within, limit=ROWS, cursor=cursor, q=q, status=wanted)
    ids = [requisition.id for requisition in result.items]
    active, slates = pipeline.active_counts(session, ids), pipeline.active_counts(session, ids, on_slate=True)
    rows = [
        RequisitionRow(
            requisition,
            active.get(requisition.id, 0),
            slates.get(requisition.id, 0),
            sum(1 for seat in requisition.openings if seat.filled_by_id),
            ((requisition.closed_at or guard.now()) - requisition.created_at).days,
        )
        for requisition in result.items
    ]
    opens = guard.may(Permission.REQUISITION_CREATE)
    page = ListPage("Requisitions", rows, next_cursor(result), q, status, [*sorted(statuses), "all"], opens)
    return render_template("requisitions/index.html", page=page)
