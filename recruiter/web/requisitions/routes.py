"""Requisitions: the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from recruiter.foundation.database.db import db
from recruiter.pipeline import queries as pipeline
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.web.request import guard
from recruiter.web.requisitions.area import blueprint

ROWS = 50


@dataclass(frozen=True)
class Line:
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
    lines: list[Line]
    next: str | None
    q: str
    status: str
    statuses: list[str]
    opens: bool


@blueprint.get("/requisitions")
@guard.needs(Permission.REQUISITION_LIST)
def index() -> Any:
    """Requisitions whose board somebody may see, newest first; open ones unless asked otherwise."""
    session, q = db.session(), request.args.get("q", "").strip()[:200]
    status = request.args.get("status", "open")
    known = {one.value for one in RequisitionStatus}
    found = queries.listed(
        session,
        within=scopes.searches(guard.actor()),
        limit=ROWS,
        cursor=request.args.get("cursor"),
        q=q,
        status=RequisitionStatus(status) if status in known else None,
    )
    ids = [one.id for one in found.items]
    active, slates = pipeline.tallies(session, ids), pipeline.slate_sizes(session, ids)
    lines = [
        Line(
            one,
            active.get(one.id, 0),
            slates.get(one.id, 0),
            sum(1 for seat in one.openings if seat.filled_by_id),
            ((one.closed_at or guard.now()) - one.created_at).days,
        )
        for one in found.items
    ]
    opens = permits.permits(session, actor=guard.actor(), permission=Permission.REQUISITION_CREATE)
    page = ListPage("Requisitions", lines, found.next, q, status, [*sorted(known), "all"], opens)
    return render_template("requisitions/index.html", page=page)
