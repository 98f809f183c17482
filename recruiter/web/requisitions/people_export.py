"""The people of a requisition as a spreadsheet, as somebody has filtered and sorted them."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Response

from recruiter.audit import services as audit
from recruiter.foundation.database.db import db
from recruiter.foundation.files import csvs
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard
from recruiter.web.requisitions import board, board_cards, board_filters
from recruiter.web.requisitions.area import blueprint

HEADER = (
    "application", "candidate", "role", "stage", "days_in_stage", "scorecards_in", "scorecards_expected",
    "before_they_move_on", "slate", "owner", "flags",
)  # fmt: skip


def line(one: board_cards.Card) -> list[Any]:
    """One person as the table shows them: nothing stands in the file that the page does not tell its reader."""
    urgent = [words for words, tone, _ in one.flags if tone in {"late", "due"}]
    place = board_cards.place_label(one.place) if one.place else ""
    return [
        one.id, one.name, one.role, one.stage, one.days_number, one.done, one.expected,
        "; ".join(one.missing), place, one.owner, "; ".join(urgent),
    ]  # fmt: skip


@blueprint.post("/requisitions/<requisition_ref>/people.csv")
@guard.needs(Permission.BOARD_READ)
def people_csv(requisition: Requisition) -> Any:
    """Everybody of a view, not one page of it, as CSV; that the list was taken out is on record."""
    session, asked = db.session(), board.asked_for(requisition)
    requisition = queries.for_board(session, requisition)
    found = board_cards.of_requisition(session, requisition)
    shown = board_filters.narrowed(found, q=asked.q, flag=asked.flag, stage=asked.stage, owner=asked.owner)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([csvs.guarded(cell) for cell in line(one)] for one in board.in_order(shown, asked.sort))
    audit.record(
        session,
        action="requisition.people_taken_out",
        subject=requisition,
        actor_id=guard.actor().id,
        at=guard.now(),
        rows=len(shown),
        columns=list(HEADER),
    )
    session.commit()
    answer = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{requisition.key}-people-{guard.today():%Y-%m-%d}.csv"'
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
