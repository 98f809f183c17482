"""Today: what needs whoever is signed in. So far: the scorecards that he owes, and his open requisitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from recruiter.foundation.db import db
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards import queries as scorecards
from recruiter.web import guard

blueprint = Blueprint("today", __name__)


@dataclass(frozen=True)
class TodayPage:
    """What Today shows."""

    title: str
    owed: list[Interview]
    requisitions: list[Requisition]


@blueprint.get("/")
@guard.needs(Permission.SIGNED_IN)
def index() -> Any:
    """The first page in the morning."""
    session, actor = db.session(), guard.actor()
    met = [one for one in interviews.of_person(session, actor.id) if one.starts_at <= guard.now()]
    owed = scorecards.owed(session, viewer=actor, application_ids=[one.application_id for one in met])
    page = requisitions.listed(
        session, within=scopes.searches(actor), limit=12, cursor=None, status=RequisitionStatus.OPEN
    )
    shown = TodayPage("Today", [one for one in met if one.application_id in owed], page.items)
    return render_template("today/index.html", page=shown)
