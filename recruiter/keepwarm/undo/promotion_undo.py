"""A promotion taken back while its offer has not been sent: everything stands as before, and the history keeps both acts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict
from recruiter.foundation.wording import plural
from recruiter.interviews import cancellation_services
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.models.records import Promise, PromiseState, Promotion
from recruiter.offers import services as offering
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition, Stage

REASON = "The promotion was taken back"
UNSENT = (OfferStatus.DRAFT, OfferStatus.PENDING_APPROVAL, OfferStatus.APPROVED)


def open_promotion(session: Session, requisition: Requisition) -> Promotion | None:
    """The last promotion of a requisition, where it can still be taken back: its offer was never sent."""
    promotion = next(iter(queries.promotions_of(session, requisition)), None)
    return promotion if promotion is not None and _why_not(promotion) is None else None


def _why_not(promotion: Promotion) -> str | None:
    """Why a promotion cannot be taken back, None where it can."""
    if promotion.undone_at is not None:
        return "This promotion was taken back already."
    if promotion.before is None:
        return "This promotion is too old to be taken back by a click."
    if promotion.offer.extended_at is not None:
        return "The offer has been sent, so the promotion stands. Rescind the offer, then choose again."
    untouched = promotion.offer.status in UNSENT and promotion.promoted.status == ApplicationStatus.ACTIVE
    ended = promotion.fall_through.application
    if not untouched or (promotion.before["made_loss"] and ended.status != ApplicationStatus.WITHDRAWN):
        return "Somebody has gone on since, so this cannot be taken back. Nothing was changed."
    return None


def consequences(session: Session, promotion: Promotion) -> list[str]:
    """What taking a promotion back would do, a sentence each, before it is done."""
    before, offer = promotion.before or {}, promotion.offer
    first, promoted = promotion.fall_through.application.candidate.name, promotion.promoted.candidate.name
    sentences = []
    if before.get("made_loss"):
        with_offer = ", with their offer and their seat" if before.get("ended_offer_id") is not None else ""
        sentences.append(f"{first} is the first choice again{with_offer}.")
    if before.get("drafted"):
        state = {OfferStatus.APPROVED: "approved offer", OfferStatus.PENDING_APPROVAL: "offer that waits for approval"}
        lost = " Its approvals no longer count." if offer.status in state else ""
        sentences.append(f"The {state.get(offer.status, 'draft offer')} to {promoted} is rescinded.{lost}")
    stage_id = before.get("from_stage_id")
    if stage_id is not None and stage_id != promotion.promoted.stage_id:
        sentences.append(f"{promoted} goes back to {queries.record_of(session, Stage, stage_id).name}.")
    if before.get("made_loss") and before.get("cancelled"):
        count = plural(len(before["cancelled"]), "cancelled interview")
        sentences.append(f"{count} of {first}, if still ahead: planned again, and the panel is told.")
    if before.get("renewed"):
        sentences.append(f"{plural(len(before['renewed']), 'promise')} to others: due on the earlier day again.")
    return sentences


def sentence(promotion: Promotion) -> str:
    """What happened when a promotion was taken back, for the reader: who stands where again, and which offer is gone."""
    first, promoted = promotion.fall_through.application.candidate.name, promotion.promoted.candidate.name
    rescinded = promotion.offer.status == OfferStatus.RESCINDED
    offer = f" The offer to {promoted} is rescinded." if rescinded else ""
    made_loss = (promotion.before or {}).get("made_loss")
    place = f"{first} is the first choice again" if made_loss else f"{promoted} is back on the bench"
    return f"Promotion taken back: {place}.{offer}"


def take_back(session: Session, *, promotion: Promotion, act: Act) -> Application:
    """Undo a promotion in one act, until its offer is sent: the first choice stands where they stood, with their offer and seat.

    The draft that the promotion began is rescinded, the promoted one goes back to the stage before, and what was renewed to the
    others falls due on its old day again. Answers the application that had ended. Raises Conflict, and then nothing changes.
    """
    reason = _why_not(promotion)
    if reason is not None or promotion.before is None:
        raise Conflict(reason or REASON)
    before = promotion.before
    promoted, ended = promotion.promoted, promotion.fall_through.application
    if before["drafted"]:
        offering.end(
            session,
            offer=promotion.offer,
            status=OfferStatus.RESCINDED,
            reason=reasons.resolve("rescission", REASON),
            act=act,
        )
    if before["from_stage_id"] is not None and before["from_stage_id"] != promoted.stage_id:
        stage = queries.record_of(session, Stage, before["from_stage_id"])
        applications.move(session, application=promoted, to=stage, act=act, reason=REASON)
    if before["made_loss"]:
        applications.reopen(session, application=ended, reason=REASON, act=act)
        cancelled_ids = before.get("cancelled", [])  # a promotion of before has none
        cancellation_services.reinstate(session, interview_ids=cancelled_ids, act=act)
        if before["ended_offer_id"] is not None:
            lost = queries.record_of(session, Offer, before["ended_offer_id"])
            status = OfferStatus(before["ended_offer_status"])
            offering.restore(session, offer=lost, status=status, act=act)
        promotion.fall_through.taken_back_at = act.now
    _fall_due_as_before(session, before["renewed"], act=act)
    promotion.undone_at, promotion.undone_by_id = act.now, act.actor.id
    audit.record(session, action=AuditAction.FINALIST_PROMOTION_UNDONE, subject=promotion, act=act)
    return ended


def _fall_due_as_before(session: Session, renewed: list[list[int]], *, act: Act) -> None:
    for old_id, new_id in renewed:
        old, new = queries.record_of(session, Promise, old_id), queries.record_of(session, Promise, new_id)
        if new.state == PromiseState.OPEN:  # else somebody has kept or renewed it since
            promise_services.renew_promise(session, promise=new, due_on=max(old.due_on, act.today), act=act)
