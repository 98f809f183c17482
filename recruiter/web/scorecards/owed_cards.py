"""What somebody reads who owes a card: that they owe it, or when it opens."""

from __future__ import annotations

from sqlalchemy import Select, select

from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries
from recruiter.web.request import guard
from recruiter.web.text.filters import moment


def on_application(application: Application) -> str:
    """Of a card on one candidate."""
    return _sentence("for this candidate", select(Application.id).where(Application.id == application.id))


def on_requisition(requisition: Requisition) -> str:
    """Of cards on any candidate of a requisition."""
    return _sentence("on this requisition", _applications_of(requisition))


def _applications_of(requisition: Requisition) -> Select[int]:
    return select(Application.id).where(Application.requisition_id == requisition.id)


def _sentence(on: str, application_ids: Select[int]) -> str:
    opens_at = queries.opens_at(db.session(), viewer=guard.actor(), application_ids=application_ids, now=guard.now())
    if opens_at is None:
        return f"You owe a scorecard {on}."
    return f"Your scorecard {on} opens when the interview starts: {moment(opens_at)}."
