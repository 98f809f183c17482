"""The end of an application taken back: it stands where it stood, with its offer, its seat and its interviews."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict
from recruiter.foundation.json_types import JsonObject, JsonView
from recruiter.interviews import cancellation_services
from recruiter.interviews.models import Interview
from recruiter.keepwarm import queries
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.lifecycle.services import Ending
from recruiter.keepwarm.models.records import FallThrough, Promotion
from recruiter.offers import services as offering
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus

REASONS = {
    ApplicationStatus.REJECTED: "The rejection was taken back",
    ApplicationStatus.WITHDRAWN: "The withdrawal was taken back",
}
REASON = "The end was taken back"


def snapshot(ending: Ending) -> JsonObject:
    """What taking an end back must know of it."""
    return {
        "cancelled": [interview.id for interview in ending.cancelled],
        "loss_id": ending.loss.id if ending.loss else None,
        "offer_id": ending.offer.id if ending.offer else None,
        "offer_status": ending.offer_status.value if ending.offer_status else None,
        "offer_ended": ending.offer.status.value if ending.offer else None,
    }


def take_back(session: Session, application: Application, row: JsonView, act: Act) -> list[Interview]:
    """Reopen an application as it stood before its end. Answers the interviews that are planned again.

    Raises Conflict where the runner-up was promoted since, or the seat was given to somebody else.
    """
    loss = queries.record_of(session, FallThrough, row["loss_id"]) if row.get("loss_id") else None
    if loss is not None:
        standing = select(Promotion.id).where(Promotion.fall_through_id == loss.id, Promotion.undone_at.is_(None))
        if session.scalar(standing.limit(1)) is not None:
            name = application.candidate.name
            raise Conflict(f"Somebody was promoted after {name} left. Undo the promotion first. Nothing was changed.")
    reason = REASONS.get(application.status, REASON)
    services.reopen(session, application=application, reason=reason, act=act)
    reinstated = cancellation_services.reinstate(
        session, interview_ids=row.get("cancelled", []), act=act
    )  # an old token has none
    if row.get("offer_id"):
        offer = queries.record_of(session, Offer, row["offer_id"])
        if offer.status != OfferStatus(row["offer_ended"]):
            raise Conflict("The offer was changed since, so this cannot be taken back. Nothing was changed.")
        offering.restore(session, offer=offer, status=OfferStatus(row["offer_status"]), act=act)
    if loss is not None:
        loss.taken_back_at = act.now
    return reinstated
