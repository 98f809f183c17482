"""The board of a requisition, the same as a table, and those whose application is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, show
from recruiter.pipeline import closed_applications, saved_views
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import SavedView
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.requisitions import board_cards, board_filters
from recruiter.web.requisitions.area import blueprint

COLUMN, MOST_CARDS, ROWS = 20, 150, 50
LONGEST_NAME = 80
FITTING = 7  # columns that a wide window holds side by side
VIEWS = ("board", "table", "closed")
SORTS = {
    "name": lambda one: one.name.casefold(),
    "stage": lambda one: one.stage_id,
    "days": lambda one: one.days_number,
    "cards": lambda one: (one.done, -one.expected),
    "place": lambda one: one.place or 999,
    "owner": lambda one: (not one.owner, one.owner.casefold()),
    "open": lambda one: len(one.missing),
}
START = "{stage} needs an accepted offer; once there is one, move them there from their own page."
LONGEST_FIRST = {"days", "cards"}


@dataclass(frozen=True)
class Asked:
    """Which part of a requisition somebody looks at: all of it stands in the address, so that any view is a link."""

    ref: str
    view: str = "board"
    q: str = ""
    flag: str = ""
    owner: str = ""
    stage: str = ""
    sort: str = ""
    page: int = 1

    def address(self, **changes: Any) -> str:
        """The address of this view with something changed; a change but of the page begins at the first page."""
        one = replace(self, **{"page": 1, **changes})
        return url_for(
            "requisitions.board",
            requisition_ref=one.ref,
            view=one.view if one.view != "board" else None,
            flag=one.flag or None,
            q=one.q or None,
            owner=one.owner or None,
            stage=one.stage or None,
            sort=one.sort or None,
            page=one.page if one.page > 1 else None,
        )

    @property
    def here(self) -> str:
        """The address of this very view."""
        return self.address(page=self.page)

    @property
    def query(self) -> str:
        """What is kept of a view under a name: the query of its address."""
        return self.address().partition("?")[2]

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered away."""
        return bool(self.q or self.flag or self.stage or self.owner)

    def sorted_by(self, name: str) -> tuple[str, str]:
        """Where the head of a column leads, and how the column is sorted now."""
        if self.sort == name:
            return self.address(sort=f"-{name}"), "ascending"
        if self.sort == f"-{name}":
            return self.address(sort=name), "descending"
        return self.address(sort=f"-{name}" if name in LONGEST_FIRST else name), ""


@dataclass(frozen=True)
class Column:
    """One stage of the board."""

    id: int
    name: str
    count: int
    deciding: bool
    cards: list[board_cards.Card]
    needs: str = ""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class BoardPage:
    """The board, the table or the closed ones of a requisition."""

    title: str
    requisition: Requisition
    band: str
    days_open: int
    asked: Asked
    columns: list[Column]
    rows: list[board_cards.Card]
    closed: list[closed_applications.ClosedRow]
    blind: bool
    stages: list[Stage]
    filters: list[board_filters.Filter]
    owners: list[tuple[str, str]]
    views: list[SavedView]
    tabs: list[tabs.Tab]
    total: int
    pages: int
    adds: bool
    menus: bool
    fits: bool
    breadcrumbs: crumbs.Crumbs


def asked_for(requisition: Requisition) -> Asked:
    """What the address asks for; what it spells wrongly is left out."""
    given = request.args
    whose = text.clean(given.get("owner", ""))[:LONGEST_NAME]
    view, sort, page = given.get("view", ""), given.get("sort", ""), given.get("page", "1")
    return Asked(
        ref=requisition.key,
        view=view if view in VIEWS else "board",
        q=given.get("q", "").strip()[:200],
        flag=given.get("flag", "")[:40],
        owner=board_filters.ME if whose == str(guard.actor().id) else whose,
        stage=given.get("stage", "")[:10],
        sort=sort if sort.removeprefix("-") in SORTS else "",
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) <= 6 else 1,  # noqa: PLR2004
    )


def _band(requisition: Requisition) -> str:
    band = requisition.band
    if band is None or not guard.actor().pay_view:
        return ""
    return f"{show(Money(band.min, band.currency))} to {show(Money(band.max, band.currency))}"


def _columns(requisition: Requisition, shown: list[board_cards.Card]) -> list[Column]:
    most = max(3, min(COLUMN, MOST_CARDS // len(requisition.stages)))
    out = []
    for one in requisition.stages:
        here = [card for card in shown if card.stage_id == one.id]
        deciding = one.kind in {StageKind.FINAL, StageKind.OFFER}
        needs = START.format(stage=one.name) if one.kind == StageKind.HIRED else ""
        out.append(Column(one.id, one.name, len(here), deciding, here[:most], needs))
    return out


def in_order(shown: list[board_cards.Card], sort: str) -> list[board_cards.Card]:
    """The people of a view in the order that was asked for, else the most urgent first."""
    if not sort:
        return shown
    return sorted(shown, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


@blueprint.get("/requisitions/<requisition_ref>")
@guard.needs(Permission.BOARD_READ)
def board(requisition: Requisition) -> Any:
    """The board: stages, and who stands in them; `?view=table` shows the same as a table, `?view=closed` who has left."""
    session, asked = db.session(), asked_for(requisition)
    requisition = queries.for_board(session, requisition)
    gone = asked.view == "closed"
    found = [] if gone else board_cards.of_requisition(session, requisition)
    count = sum(pipeline.standing_in(session, requisition).values()) if gone else len(found)
    shown = board_filters.narrowed(found, q=asked.q, flag=asked.flag, stage=asked.stage, owner=asked.owner)
    total, blind = len(shown), False
    closed: list[closed_applications.ClosedRow] = []
    if gone:
        key, offset = text.folded(asked.q), (asked.page - 1) * ROWS
        closed, total = closed_applications.closed_rows(session, requisition, key=key, limit=ROWS, offset=offset)
        blind = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    pages = max(1, -(-total // ROWS))
    asked = replace(asked, page=min(asked.page, pages))
    rows = in_order(shown, asked.sort)[(asked.page - 1) * ROWS : asked.page * ROWS] if asked.view == "table" else []
    page = BoardPage(
        title=requisition.title,
        requisition=requisition,
        band=_band(requisition),
        days_open=(guard.now() - requisition.created_at).days,
        asked=asked,
        columns=_columns(requisition, shown) if asked.view == "board" else [],
        rows=rows,
        closed=closed,
        blind=blind,
        stages=[one for one in requisition.stages if one.kind != StageKind.HIRED],
        filters=board_filters.filters_of(found, current=asked.flag),
        owners=board_filters.owners_of(found, current=asked.owner),
        views=saved_views.of_person(session, user=guard.actor(), requisition=requisition),
        tabs=tabs.requisition_tabs(requisition, "board", counts={"board": count}),
        total=total,
        pages=pages,
        adds=permits.permits(session, actor=guard.actor(), permission=Permission.APPLICATION_CREATE),
        menus=len(requisition.stages) <= board_cards.MOST_WAYS,
        fits=len(requisition.stages) <= FITTING,
        breadcrumbs=crumbs.of_requisition(requisition),
    )
    return render_template("requisitions/board.html", page=page)
