"""Requisitions: the list, the board, a move."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from recruiter.foundation.db import db
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import services as moving
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.queries import Counts
from recruiter.web import guard

blueprint = Blueprint("requisitions", __name__)
SHOWN = 20


@dataclass(frozen=True)
class Card:
    """One application on the board."""

    id: int
    name: str
    role: str
    flags: list[tuple[str, str, str]]
    next: str
    days: str
    done: int
    expected: int
    late: int
    ahead: list[tuple[int, str]]
    back: list[tuple[int, str]]
    move_href: str


@dataclass(frozen=True)
class Column:
    """One stage of the board."""

    id: int
    name: str
    count: int
    deciding: bool
    cards: list[Card]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


@dataclass(frozen=True)
class BoardPage:
    """The board of a requisition."""

    title: str
    requisition: Requisition
    columns: list[Column]
    breadcrumbs: list[tuple[str, str | None]]


@dataclass(frozen=True)
class ListPage:
    """The list of requisitions."""

    title: str
    requisitions: list[Requisition]
    next: str | None


@dataclass(frozen=True)
class MovePage:
    """The page that asks for a reason, with what was chosen kept."""

    title: str
    application: Application
    to: Stage
    problem: str
    reason: str


def _card(one: Application, stages: list[Stage], counts: Counts, now: dt.datetime) -> Card:
    days = (now - one.stage_since).days
    active = one.status == ApplicationStatus.ACTIVE
    ahead = (
        [(s.id, s.name) for s in stages if s.position > one.stage.position and s.kind != StageKind.HIRED]
        if active
        else []
    )
    back = [(s.id, s.name) for s in reversed(stages) if s.position < one.stage.position] if active else []
    flags = [("Scorecard late", "late", "star")] if counts.late else []
    if one.finalist:
        flags.append(
            ("1st choice", "accent", "star")
            if one.finalist.position == 1
            else (f"Backup {one.finalist.position - 1}", "", "")
        )
    return Card(
        id=one.id,
        name=one.candidate.name,
        role=one.candidate.headline,
        flags=flags,
        next="",
        days="Today" if days == 0 else f"{days} day{'s' if days != 1 else ''}",
        done=counts.submitted,
        expected=counts.expected,
        late=counts.late,
        ahead=ahead,
        back=back,
        move_href=url_for("requisitions.move", application_id=one.id),
    )


@blueprint.get("/requisitions")
@guard.needs(Permission.REQUISITION_LIST)
def index() -> Any:
    """Requisitions whose board somebody may see, newest first."""
    page = queries.listed(
        db.session(), within=scopes.searches(guard.actor()), limit=50, cursor=request.args.get("cursor")
    )
    return render_template("requisitions/index.html", page=ListPage("Requisitions", page.items, page.next))


@blueprint.get("/requisitions/<requisition_ref>")
@guard.needs(Permission.BOARD_READ)
def board(requisition: Requisition) -> Any:
    """The board: stages, and who stands in them."""
    session, now = db.session(), guard.now()
    rows = pipeline.board_of(session, requisition)
    counts = scorecards.counts(session, [one.id for one in rows], now=now)
    columns = []
    for stage in requisition.stages:
        here = [one for one in rows if one.stage_id == stage.id]
        cards = [_card(one, requisition.stages, counts[one.id], now) for one in here[:SHOWN]]
        columns.append(Column(stage.id, stage.name, len(here), stage.kind in {StageKind.FINAL, StageKind.OFFER}, cards))
    crumbs: list[tuple[str, str | None]] = [("Requisitions", url_for("requisitions.index")), (requisition.key, None)]
    return render_template("requisitions/board.html", page=BoardPage(requisition.title, requisition, columns, crumbs))


@blueprint.post("/applications/<int:application_id>/move")
@guard.needs(Permission.APPLICATION_MOVE)
def move(application: Application) -> Any:
    """Move a card; where a reason is needed, ask for it and keep what was chosen."""
    wanted, reason = request.form.get("to_stage", ""), request.form.get("reason", "")
    to = next((stage for stage in application.requisition.stages if str(stage.id) == wanted), None)
    if to is None:
        raise RuleBroken.at("to_stage", "Choose a stage of this requisition.")
    back = url_for("requisitions.board", requisition_ref=application.requisition.key)
    try:
        moving.move(db.session(), application=application, to=to, reason=reason, actor=guard.actor(), now=guard.now())
    except Conflict as error:
        return guard.go(back, said=f"Not moved. {error.message}", tone="late")
    except RuleBroken as error:
        page = MovePage(f"Move {application.candidate.name} to {to.name}", application, to, error.message, reason)
        return render_template("requisitions/move.html", page=page, has_errors=True), 422
    db.session.commit()
    return guard.go(back, said=f"{application.candidate.name} moved to {to.name}.")
