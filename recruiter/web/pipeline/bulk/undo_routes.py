"""Taking an act back."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.keepwarm.undo import application_undo
from recruiter.policy.permissions import Permission
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.bulk import owner_routes
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash, safe_path


@blueprint.post("/undo/<secret>")
@guard.needs(Permission.SIGNED_IN)
def undo(secret: str) -> Any:
    """Take back moves, ends or new owners of one's own, while nobody has gone on since; then go on where they were done."""
    back = safe_path(request.args.get("back"))
    try:
        result = application_undo.undo(db.session(), secret=secret, act=guard.act())
    except DomainError as error:
        db.session.rollback()
        return redirect_with_flash(back or url_for("today.index"), message=error.message, tone="late")
    db.session.commit()
    if result.candidate is not None:
        return redirect_with_flash(
            back or url_for("candidates.show", candidate_id=result.candidate.id), message=result.message
        )
    application = result.applications[0]
    if result.withdrawn:
        return redirect_with_flash(
            back or url_for("today.index"), message="The messages were taken back. Nothing was sent."
        )
    flash = f"Taken back: {application.candidate.name} stands in {application.stage.name}."
    if result.handed:
        flash = f"Taken back: {application.candidate.name} is {owner_routes.owner_text(application.owner)} again."
    if len(result.applications) > 1:
        flash = f"Taken back for {len(result.applications)} applications."
    return redirect_with_flash(
        back or url_for("requisitions.board", requisition_ref=application.requisition.key), message=flash
    )
