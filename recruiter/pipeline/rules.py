"""What may happen to an application."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition, RequisitionStatus, Stage, StageKind


def reason_needed(stages: list[Stage], *, current: Stage, to: Stage) -> str | None:
    """Why a move asks for a reason: it goes back, or it skips an interview stage. None where it goes on as planned."""
    if to.position < current.position:
        return f"Going back to {to.name} asks for a reason."
    interviews = [stage for stage in stages if stage.kind == StageKind.INTERVIEW]
    skipped = [stage.name for stage in interviews if current.position < stage.position < to.position]
    return f"Skipping {skipped[0]} asks for a reason." if skipped else None


def check_move(
    application: Application, *, stages: list[Stage], to: Stage, reason: str, offer_accepted: bool = False
) -> None:
    """Refuse a move that cannot be: Conflict for ended applications and for standing still, RuleBroken where a reason is missing."""
    check_active(application)
    if to.requisition_id != application.requisition_id:
        raise RuleBroken.at("to_stage", "This stage belongs to another requisition.")
    if to.id == application.stage_id:
        raise Conflict(f"This application stands in {to.name} already.")
    if to.kind == StageKind.HIRED and not offer_accepted:
        raise Conflict("A move to the stage of the hire needs an accepted offer.")
    missing_reason = None if offer_accepted else reason_needed(stages, current=application.stage, to=to)
    if missing_reason and not reason:
        raise RuleBroken.at("reason", missing_reason)


def check_active(application: Application) -> None:
    """Only an active application can be acted on."""
    if not application.is_active:
        raise Conflict(f"This application has ended ({application.status.value}). Reopen it first.")


def check_open(status: RequisitionStatus) -> None:
    """Only a requisition that is being worked on takes applications."""
    if status in {RequisitionStatus.CLOSED, RequisitionStatus.DRAFT}:
        raise Conflict(f"This requisition is {status.value}. Open it first.")


def check_owner(owner: User, *, mover_ids: Collection[int]) -> None:
    """Only somebody who may move an application looks after it. Raises RuleBroken at `owner`."""
    if not owner.active or owner.id not in mover_ids:
        refusal = f"{owner.name} may not move this application. Choose somebody who runs this search."
        raise RuleBroken.at("owner", refusal)


def check_order(requisition: Requisition, order: Sequence[tuple[Application, str]]) -> None:
    """Refuse a slate that cannot be: each application of the requisition, in the running, once, and with a reason."""
    ordered_ids: set[int] = set()
    for application, reason in order:
        name = application.candidate.name
        if application.requisition_id != requisition.id:
            raise RuleBroken.at("order", "One of these applications belongs to another requisition.")
        if application.id in ordered_ids:
            raise RuleBroken.at("order", "Somebody stands in this order twice.")
        if not application.is_active:
            raise Conflict(f"{name} is no longer in the running. Leave them out, or reopen the application.")
        if not text.clean(reason):
            raise RuleBroken.at("order", f"Say why {name} stands in this place.")
        ordered_ids.add(application.id)
