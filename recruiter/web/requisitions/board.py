"""The board of a requisition, the same as a table, and those whose application is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

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
FITTING_COLUMNS = 7  # columns that a wide window holds side by side
VIEWS = ("board", "table", "closed")
SORTS = {
    "name": lambda card: card.name.casefold(),
    "stage": lambda card: card.stage_id,
    "days": lambda card: card.days_number,
    "cards": lambda card: (card.done, -card.expected),
    "place": lambda card: card.place or 999,
    "owner": lambda card: (not card.owner, card.owner.casefold()),
    "open": lambda card: len(card.missing),
}
HIRED_NEEDS = "{stage} needs an accepted offer; once there is one, move them there from their own page."
LONGEST_FIRST = {"days", "cards"}


@dataclass(frozen=True)
class BoardView:
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
        view = replace(self, **{"page": 1, **changes})
        return url_for(
            "requisitions.board",
            requisition_ref=view.ref,
            view=view.view if view.view != "board" else None,
            flag=view.flag or None,
            q=view.q or None,
            owner=view.owner or None,
            stage=view.stage or None,
            sort=view.sort or None,
            page=view.page if view.page > 1 else None,
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
    view: BoardView
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


def view_from_address(requisition: Requisition) -> BoardView:
    """What the address asks for; what it spells wrongly is left out."""
    arguments = request.args
    owner = text.clean(arguments.get("owner", ""))[:LONGEST_NAME]
    view, sort, page = arguments.get("view", ""), arguments.get("sort", ""), arguments.get("page", "1")
    return BoardView(
        ref=requisition.key,
        view=view if view in VIEWS else "board",
        q=arguments.get("q", "").strip()[:200],
        flag=arguments.get("flag", "")[:40],
        owner=board_filters.ME if owner == str(guard.actor().id) else owner,
        stage=arguments.get("stage", "")[:10],
        sort=sort if sort.removeprefix("-") in SORTS else "",
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) <= 6 else 1,  # noqa: PLR2004
    )


def _band(requisition: Requisition) -> str:
    band = requisition.band
    if band is None or not guard.actor().pay_view:
        return ""
    return f"{show(Money(band.min, band.currency))} to {show(Money(band.max, band.currency))}"


def _columns(requisition: Requisition, cards: list[board_cards.Card]) -> list[Column]:
    most_cards = max(3, min(COLUMN, MOST_CARDS // len(requisition.stages)))
    columns = []
    for stage in requisition.stages:
        stage_cards = [card for card in cards if card.stage_id == stage.id]
        deciding = stage.kind in {StageKind.FINAL, StageKind.OFFER}
        needs = HIRED_NEEDS.format(stage=stage.name) if stage.kind == StageKind.HIRED else ""
        columns.append(Column(stage.id, stage.name, len(stage_cards), deciding, stage_cards[:most_cards], needs))
    return columns


def in_order(cards: list[board_cards.Card], sort: str) -> list[board_cards.Card]:
    """The people of a view in the order that was asked for, else the most urgent first."""
    if not sort:
        return cards
    return sorted(cards, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


@blueprint.page("/requisitions/<requisition_ref>", Permission.BOARD_READ)
def board(requisition: Requisition) -> ResponseReturnValue:
    """The board: stages, and who stands in them; `?view=table` shows the same as a table, `?view=closed` who has left."""
    session, request_view = db.session(), view_from_address(requisition)
    requisition = queries.for_board(session, requisition)
    shows_closed = request_view.view == "closed"
    cards = [] if shows_closed else board_cards.of_requisition(session, requisition)
    count = sum(pipeline.stage_counts(session, requisition).values()) if shows_closed else len(cards)
    narrowed_cards = board_filters.matching_cards(
        cards, q=request_view.q, flag=request_view.flag, stage=request_view.stage, owner=request_view.owner
    )
    total, blind = len(narrowed_cards), False
    closed: list[closed_applications.ClosedRow] = []
    if shows_closed:
        key, offset = text.folded(request_view.q), (request_view.page - 1) * ROWS
        closed, total = closed_applications.closed_rows(session, requisition, name_key=key, limit=ROWS, offset=offset)
        blind = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    pages = max(1, -(-total // ROWS))
    request_view = replace(request_view, page=min(request_view.page, pages))
    rows = (
        in_order(narrowed_cards, request_view.sort)[(request_view.page - 1) * ROWS : request_view.page * ROWS]
        if request_view.view == "table"
        else []
    )
    page = BoardPage(
        title=requisition.title,
        requisition=requisition,
        band=_band(requisition),
        days_open=(guard.now() - requisition.created_at).days,
        view=request_view,
        columns=_columns(requisition, narrowed_cards) if request_view.view == "board" else [],
        rows=rows,
        closed=closed,
        blind=blind,
        stages=[stage for stage in requisition.stages if stage.kind != StageKind.HIRED],
        filters=board_filters.filters_of(cards, current=request_view.flag),
        owners=board_filters.owners_of(cards, current=request_view.owner),
        views=saved_views.views_of(session, user=guard.actor(), requisition=requisition),
        tabs=tabs.requisition_tabs(requisition, "board", counts={"board": count}),
        total=total,
        pages=pages,
        adds=permits.permits(session, actor=guard.actor(), permission=Permission.APPLICATION_CREATE),
        menus=len(requisition.stages) <= board_cards.MOST_MENU_STAGES,
        fits=len(requisition.stages) <= FITTING_COLUMNS,
        breadcrumbs=crumbs.of_requisition(requisition),
    )
    return render_template("requisitions/board.html", page=page)
