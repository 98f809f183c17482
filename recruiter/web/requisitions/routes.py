"""Requisitions: the list, the board and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from recruiter.foundation.db import db
from recruiter.foundation.money import Money, show
from recruiter.pipeline import queries as pipeline
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition, RequisitionStatus, StageKind
from recruiter.web import guard, tabs
from recruiter.web.requisitions import cards

blueprint = Blueprint("requisitions", __name__)
SHOWN, ROWS = 20, 50
SORTS = {
    "name": lambda one: one.name.casefold(),
    "stage": lambda one: one.stage_id,
    "days": lambda one: -one.days_number,
    "cards": lambda one: -one.done,
    "place": lambda one: one.place or 999,
}


@dataclass(frozen=True)
class Column:
    """One stage of the board."""

    id: int
    name: str
    count: int
    deciding: bool
    cards: list[cards.Card]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class BoardPage:
    """The board or the table of a requisition."""

    title: str
    requisition: Requisition
    band: str
    days_open: int
    columns: list[Column]
    rows: list[cards.Card]
    view: str
    q: str
    flag: str
    stage: str
    sort: str
    flags: list[cards.Flag]
    tabs: list[tabs.Tab]
    total: int
    number: int
    pages: int
    adds: bool
    breadcrumbs: list[tuple[str, str | None]]


@dataclass(frozen=True)
class Line:
    """One requisition of the list."""

    requisition: Requisition
    active: int
    filled: int


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
    active = pipeline.tallies(session, [one.id for one in found.items])
    lines = [
        Line(one, active.get(one.id, 0), sum(1 for seat in one.openings if seat.filled_by_id)) for one in found.items
    ]
    opens = permits.permits(session, actor=guard.actor(), permission=Permission.REQUISITION_CREATE)
    page = ListPage("Requisitions", lines, found.next, q, status, [*sorted(known), "all"], opens)
    return render_template("requisitions/index.html", page=page)


def _band(requisition: Requisition) -> str:
    band = requisition.band
    if band is None or not guard.actor().pay_view:
        return ""
    return f"{show(Money(band.min, band.currency))} to {show(Money(band.max, band.currency))}"


@blueprint.get("/requisitions/<requisition_ref>")
@guard.needs(Permission.BOARD_READ)
def board(requisition: Requisition) -> Any:
    """The board: stages, and who stands in them; with `?view=table` the same as a table."""
    session, asked = db.session(), request.args
    found = cards.of_requisition(session, requisition)
    q, flag, stage = asked.get("q", "").strip()[:200], asked.get("flag", ""), asked.get("stage", "")
    sort = asked.get("sort", "") if asked.get("sort") in SORTS else ""
    shown = cards.narrowed(found, q=q, flag=flag, stage=stage)
    rows = sorted(shown, key=SORTS[sort]) if sort else shown
    number = max(1, int(asked.get("page", "1")) if asked.get("page", "1").isdecimal() else 1)
    pages = max(1, -(-len(rows) // ROWS))
    number = min(number, pages)
    columns = []
    for one in requisition.stages:
        here = [card for card in shown if card.stage_id == one.id]
        deciding = one.kind in {StageKind.FINAL, StageKind.OFFER}
        columns.append(Column(one.id, one.name, len(here), deciding, here[:SHOWN]))
    crumbs: list[tuple[str, str | None]] = [("Requisitions", url_for("requisitions.index")), (requisition.key, None)]
    page = BoardPage(
        title=requisition.title,
        requisition=requisition,
        band=_band(requisition),
        days_open=(guard.now() - requisition.created_at).days,
        columns=columns,
        rows=rows[(number - 1) * ROWS : number * ROWS],
        view="table" if asked.get("view") == "table" else "board",
        q=q,
        flag=flag,
        stage=stage,
        sort=sort,
        flags=cards.flags_of(found, current=flag),
        tabs=tabs.requisition_tabs(requisition, "board", counts={"board": len(found)}),
        total=len(shown),
        number=number,
        pages=pages,
        adds=permits.permits(session, actor=guard.actor(), permission=Permission.APPLICATION_CREATE),
        breadcrumbs=crumbs,
    )
    return render_template("requisitions/board.html", page=page)
