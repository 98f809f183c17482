"""A promotion taken back from a page, until its offer is sent."""

from __future__ import annotations

from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm.undo import promotion_undo
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.post("/requisitions/<requisition_ref>/promotion/undo")
@guard.needs(Permission.PROMOTE)
def undo_promotion(requisition: Requisition) -> Any:
    """Put everything back to where it stood before the last promotion, while its offer has not been sent."""
    session = db.session()
    promotion = promotion_undo.open_promotion(session, requisition)
    if promotion is None:
        raise Conflict("There is no promotion to take back: its offer was sent, or somebody has gone on since.")
    ended = promotion_undo.take_back(
        session,
        promotion=promotion,
        act=guard.act(),
    )
    session.commit()
    message = f"Taken back: {ended.candidate.name} stands where they stood, and so does everybody else."
    return redirect_with_flash(url_for("finalists.show", requisition_ref=requisition.key), message=message)
