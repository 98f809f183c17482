"""What the stage of an application asks for before it is left."""

from __future__ import annotations

from recruiter.foundation.database.db import db
from recruiter.keepwarm.overview import board_signals
from recruiter.pipeline import queries
from recruiter.pipeline.exit_checklist import ExitCheck
from recruiter.pipeline.models import Application
from recruiter.web.request import guard


def of_application(application: Application) -> tuple[ExitCheck, ...]:
    """The list of its stage; nothing for an application that has ended."""
    session, requisition = db.session(), application.requisition
    rows = queries.board_rows(session, requisition, application_id=application.id)
    board_items = board_signals.of_requisition(session, requisition, rows, viewer=guard.actor(), moment=guard.act())
    return board_items[0].leaving if board_items else ()
