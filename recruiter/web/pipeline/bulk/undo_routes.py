"""Taking an act back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.foundation.wording import listing
from recruiter.interviews.models import Interview
from recruiter.keepwarm.messages import closing_notices
from recruiter.keepwarm.undo import undo_services
from recruiter.keepwarm.undo.undo_services import UndoResult
from recruiter.policy import undo_permits
from recruiter.policy.permissions import Permission
from recruiter.web.pipeline.application import owner_routes
from recruiter.web.pipeline.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_act
from recruiter.web.request.redirects import safe_path
from recruiter.web.text.filters import moment


@blueprint.act("/undo/<secret>", Permission.SIGNED_IN)
def undo(secret: str) -> ResponseReturnValue:
    """Take back an act of one's own, while nobody has gone on since; then go on where it was done."""
    back = safe_path(request.args.get("back"))

    def take_back() -> UndoResult:
        undo_permits.check(db.session(), secret=secret, actor=guard.actor())
        return undo_services.undo(db.session(), secret=secret, act=guard.act())

    return handle_act(
        take_back,
        home=lambda result: back or _home(result),
        flash=_flash,
        refused=back or url_for("today.index"),
    )


def _home(result: UndoResult) -> str:
    """Where to look at what was taken back, for whoever comes from no page."""
    if result.candidate is not None:
        return url_for("candidates.show", candidate_id=result.candidate.id)
    if result.withdrawn:
        return url_for("today.index")
    return url_for("requisitions.board", requisition_ref=result.applications[0].requisition.key)


def _flash(result: UndoResult) -> str:
    if result.candidate is not None:
        return result.message
    if result.withdrawn:
        return "The messages were taken back. Nothing was sent."
    interviews_text = _interviews_text(result)
    if len(result.applications) > 1:
        return f"Taken back for {len(result.applications)} applications.{interviews_text}"
    application = result.applications[0]
    if result.handed:
        return f"Taken back: {application.candidate.name} is {owner_routes.owner_text(application.owner)} again."
    return f"Taken back: {application.candidate.name} is in {application.stage.name}.{interviews_text}"


def _interviews_text(result: UndoResult) -> str:
    """Which interviews are planned again and who is told, and which stay cancelled; empty where none were cancelled."""
    sentences = []
    if result.reinstated:
        names, panel = listing(_titles(result.reinstated)), closing_notices.panel_names(result.reinstated)
        invitations = f" Invitations sent to {listing(panel)}." if panel else ""
        sentences.append(f" Planned again: {names}.{invitations}")
    if result.still_cancelled:
        sentences.append(f" Still cancelled, since the time has passed: {listing(_titles(result.still_cancelled))}.")
    return "".join(sentences)


def _titles(interviews: Sequence[Interview]) -> list[str]:
    return [f"{interview.name} ({moment(interview.starts_at)})" for interview in interviews]
