"""The board of a requisition, the same as a table, and those whose application is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, show
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import saved_views
from recruiter.pipeline.models import Application, SavedView
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.requisitions import board_cards, board_view
from recruiter.web.requisitions.area import blueprint

COLUMN, MOST_CARDS, ROWS = 20, 150, 50
FITTING_COLUMNS = 7  # columns that a wide window holds side by side
HIRED_NEEDS = "{stage} needs an accepted offer; once there is one, move them there from their own page."


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
    view: board_view.BoardView
    columns: list[Column]
    rows: list[board_cards.Card]
    closed: list[Application]
    blind_on: set[int]
    stages: list[Stage]
    filters: list[board_view.Filter]
    owners: list[tuple[str, str]]
    views: list[SavedView]
    tabs: list[tabs.Tab]
    total: int
    pages: int
    adds: bool
    menus: bool
    fits: bool
    breadcrumbs: crumbs.Crumbs


def _columns(requisition: Requisition, cards: list[board_cards.Card]) -> list[Column]:
    most_cards = max(3, min(COLUMN, MOST_CARDS // len(requisition.stages)))
    columns = []
    for stage in requisition.stages:
        stage_cards = [card for card in cards if card.stage.id == stage.id]
        deciding = stage.kind in {StageKind.FINAL, StageKind.OFFER}
        needs = HIRED_NEEDS.format(stage=stage.name) if stage.kind == StageKind.HIRED else ""
        columns.append(Column(stage.id, stage.name, len(stage_cards), deciding, stage_cards[:most_cards], needs))
    return columns


@blueprint.page("/requisitions/<requisition_ref>", Permission.BOARD_READ)
def board(requisition: Requisition) -> ResponseReturnValue:
    """The board: stages, and who stands in them; `?view=table` shows the same as a table, `?view=closed` who has left."""
    session, view, viewer = db.session(), board_view.BoardView.of_request(requisition), guard.actor()
    requisition = queries.for_board(session, requisition)
    shows_closed, blind_on = view.view == "closed", set[int]()
    cards = [] if shows_closed else board_cards.of_requisition(session, requisition)
    count, matching = len(cards), view.matching(cards)
    closed: list[Application] = []
    total = len(matching)
    if shows_closed:
        count = sum(pipeline.stage_counts(session, requisition).values())
        offset = (view.page - 1) * ROWS
        closed, total = pipeline.closed_applications(session, requisition, q=view.q, limit=ROWS, offset=offset)
        ids = [application.id for application in closed]
        blind_on = scorecards.owed_application_ids(session, viewer=viewer, application_ids=ids)
    pages, band = max(1, -(-total // ROWS)), requisition.band if viewer.pay_view else None
    ends = (show(Money(amount, band.currency)) for amount in (band.min, band.max)) if band else ()
    view = replace(view, page=min(view.page, pages))
    page = BoardPage(
        title=requisition.title,
        requisition=requisition,
        band=" to ".join(ends),
        days_open=(guard.now() - requisition.created_at).days,
        view=view,
        columns=_columns(requisition, matching) if view.view == "board" else [],
        rows=view.in_order(matching)[(view.page - 1) * ROWS : view.page * ROWS] if view.view == "table" else [],
        closed=closed,
        blind_on=blind_on,
        stages=[stage for stage in requisition.stages if stage.kind != StageKind.HIRED],
        filters=board_view.filters_of(cards, current=view.flag),
        owners=board_view.owners_of(cards, current=view.owner),
        views=saved_views.views_of(session, user=viewer, requisition=requisition),
        tabs=tabs.requisition_tabs(requisition, "board", counts={"board": count}),
        total=total,
        pages=pages,
        adds=guard.may(Permission.APPLICATION_CREATE),
        menus=len(requisition.stages) <= board_cards.MOST_MENU_STAGES,
        fits=len(requisition.stages) <= FITTING_COLUMNS,
        breadcrumbs=crumbs.of_requisition(requisition),
    )
    return render_template("requisitions/board.html", page=page)
