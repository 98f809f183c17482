"""The people of a requisition as a spreadsheet, as somebody has filtered and sorted them."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard
from recruiter.web.request.downloads import csv_download
from recruiter.web.requisitions import board, board_cards, board_filters
from recruiter.web.requisitions.area import blueprint

HEADER = (
    "application", "candidate", "role", "stage", "days_in_stage", "scorecards_in", "scorecards_expected",
    "before_they_move_on", "slate", "owner", "flags",
)  # fmt: skip


def csv_row(card: board_cards.Card) -> list[Any]:
    """One person as the table shows them: nothing stands in the file that the page does not tell its reader."""
    urgent = [label for label, tone, _ in card.flags if tone in {"late", "due"}]
    place = wording.bench_place(card.place) if card.place else ""
    return [
        card.id, card.name, card.role, card.stage, card.days_number, card.done, card.expected,
        "; ".join(card.missing), place, card.owner, "; ".join(urgent),
    ]  # fmt: skip


@blueprint.act("/requisitions/<requisition_ref>/people.csv", Permission.BOARD_READ)
def people_csv(requisition: Requisition) -> ResponseReturnValue:
    """Everybody of a view, not one page of it, as CSV; that the list was taken out is on record."""
    session, view = db.session(), board.view_from_address(requisition)
    requisition = queries.for_board(session, requisition)
    cards = board_cards.of_requisition(session, requisition)
    matching_cards = board_filters.matching_cards(cards, q=view.q, flag=view.flag, stage=view.stage, owner=view.owner)
    audit.record(
        session,
        action=AuditAction.REQUISITION_PEOPLE_TAKEN_OUT,
        subject=requisition,
        act=guard.act(),
        rows=len(matching_cards),
        columns=list(HEADER),
    )
    rows = (csv_row(card) for card in board.in_order(matching_cards, view.sort))
    response = csv_download(f"{requisition.key}-people-{guard.today():%Y-%m-%d}.csv", HEADER, rows)
    response.headers["Cache-Control"] = "no-store"
    return response
