"""The people of a requisition as a spreadsheet, as somebody has filtered and sorted them."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.database import sound_reading
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard
from recruiter.web.request.downloads import csv_download
from recruiter.web.requisitions import board_cards
from recruiter.web.requisitions.area import blueprint
from recruiter.web.requisitions.board_view import BoardView

HEADER = (
    "application", "candidate", "role", "stage", "days_in_stage", "scorecards_in", "scorecards_expected",
    "before_they_move_on", "slate", "owner", "flags",
)  # fmt: skip


def csv_row(card: board_cards.Card) -> list[Any]:
    """One person as the table shows them: nothing stands in the file that the page does not tell its reader."""
    row, progress = card.row, card.item.progress
    return [
        row.id, row.name, row.headline, card.stage.name, card.days, progress.submitted, progress.expected,
        "; ".join(card.missing), card.place_text, row.owner_name or "", "; ".join(flag[0] for flag in card.urgent_flags),
    ]  # fmt: skip


@blueprint.act("/requisitions/<requisition_ref>/people.csv", Permission.BOARD_READ)
def people_csv(requisition: Requisition) -> ResponseReturnValue:
    """Everybody of a view, not one page of it, as CSV; that the list was taken out is on record."""
    session, view = db.session(), BoardView.of_request(requisition)

    def in_view() -> list[board_cards.Card]:
        seen = queries.for_board(session, requisition)
        return view.in_order(view.matching(board_cards.of_requisition(session, seen)))

    cards, damaged = sound_reading.read_around(session, in_view)
    action, columns = AuditAction.REQUISITION_PEOPLE_TAKEN_OUT, list(HEADER)
    audit.record(session, action=action, subject=requisition, act=guard.act(), rows=len(cards), columns=columns)
    rows = (csv_row(card) for card in cards)
    response = csv_download(f"{requisition.key}-people-{guard.today():%Y-%m-%d}.csv", HEADER, rows, left_out=damaged)
    response.headers["Cache-Control"] = "no-store"
    return response
