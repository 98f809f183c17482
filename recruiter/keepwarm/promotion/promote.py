"""The first choice is lost: one act ends, frees, promotes, drafts and renews, or changes nothing at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.lifecycle import loss_phase, services
from recruiter.keepwarm.models.records import FallThrough, Phase, Promotion
from recruiter.keepwarm.promotion import loss_time, promise_renewals
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offering
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application, Finalist
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import OpeningStatus, Requisition, StageKind

JUST_NOW = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class PromotionPlan:
    """What a promotion would do: whom it ends (or has been ended already), in which phase, who is next, who waits on."""

    ending: Application | None
    lost: FallThrough | None
    phase: Phase
    bench: list[Finalist]

    @property
    def next(self) -> Finalist | None:
        """Who is put on unless somebody else is named."""
        return self.bench[0] if self.bench else None


@dataclass(frozen=True)
class PromotionResult:
    """What a promotion did."""

    promotion: Promotion
    ended: Application
    promoted: Application
    offer: Offer
    undo: str


def plan_promotion(session: Session, requisition: Requisition) -> PromotionPlan:
    """Read from the record what a promotion would do. Raises Conflict where there is no first choice to lose."""
    bench = pipeline.bench_of(session, requisition)
    lost = queries.open_losses(session, [requisition.id]).get(requisition.id)
    if lost is not None:
        return PromotionPlan(None, lost, lost.phase, bench)
    if not bench:
        raise Conflict("Nobody on this slate is in the running. Name finalists first.")
    live = offers.decisive_by_application(session, [finalist.application_id for finalist in bench])
    occupying = {number for number, offer in live.items() if offer.status in offer_rules.OCCUPYING}
    first = next((finalist for finalist in bench if finalist.application_id in occupying), bench[0])
    bench.remove(first)
    return PromotionPlan(first.application, None, loss_phase.phase_of(live.get(first.application_id)), bench)


def _chosen(plan: PromotionPlan, requisition: Requisition, application: Application | None) -> Finalist:
    if application is None:
        if plan.next is None:
            raise Conflict("Nobody is on the bench, so there is nobody to promote. Nothing was changed.")
        return plan.next
    if application.requisition_id != requisition.id:
        raise NotFound("This application belongs to another requisition.")
    finalist = next((candidate for candidate in plan.bench if candidate.application_id == application.id), None)
    if finalist is None:
        raise RuleBroken.at("application_id", "This application is not on the bench of this requisition.")
    return finalist


def _check_not_just_now(
    session: Session, requisition: Requisition, *, ending: Application | None, now: dt.datetime
) -> None:
    """Refuse to end somebody who was put on a moment ago: two people told of one loss promote once."""
    last = next(iter(queries.promotions_of(session, requisition)), None)
    if last is not None and last.promoted is ending and now - last.at < JUST_NOW:
        raise Conflict(
            f"{last.promoted.candidate.name} was promoted less than a minute ago. Look at the slate first, or take that"
            " promotion back; after a minute the next finalist can be promoted."
        )


def _draft_from_band(
    session: Session, requisition: Requisition, *, promoted: Application, lost: FallThrough, act: Act
) -> Offer:
    if requisition.band is None:
        raise Conflict("This requisition has no approved band to draft the offer from. Enter the band first.")
    if (live_offer := offers.live_of(session, promoted)) is not None:
        return live_offer
    open_seats = (opening for opening in requisition.openings if opening.status == OpeningStatus.OPEN)
    opening = next((opening for opening in open_seats if opening.id == lost.opening_id), None)
    opening = opening or requisition.free_opening
    readiness = queries.readiness_of(session, promoted)
    available_from = readiness.available_from if readiness else None
    start_on = available_from if available_from and available_from >= act.today else None
    terms = offer_rules.Terms(base=offer_rules.starting_base(requisition.band), start_on=start_on)
    return offering.draft(
        session, application=promoted, terms=terms, opening_id=opening.id if opening else None, act=act
    )


def _renew_promises(session: Session, requisition: Requisition, others: list[Finalist], *, act: Act) -> list[list[int]]:
    """Renew what was promised to who waits on; answers pairs of ids, the promise before and the one in its place."""
    pairs = []
    for renewal in promise_renewals.planned_renewals(session, requisition, others, moment=act):
        successor = promise_services.renew_promise(session, promise=renewal.promise, due_on=renewal.due_on, act=act)
        pairs.append([renewal.promise.id, successor.id])
    return pairs


def _ending_offer(session: Session, plan: PromotionPlan) -> dict[str, object]:
    """The offer that ends with this act and how it stood, for the undo."""
    offer = offers.decisive_of(session, plan.ending) if plan.ending else None
    if offer is None or offer.status == OfferStatus.LAPSED:
        return {"ended_offer_id": None, "ended_offer_status": None}
    return {"ended_offer_id": offer.id, "ended_offer_status": offer.status.value}


def promote(
    session: Session,
    *,
    requisition: Requisition,
    phase: Phase,
    reason: str,
    act: Act,
    application: Application | None = None,
    fell_through_at: dt.datetime | None = None,
) -> PromotionResult:
    """Put the next finalist on, or the one named, in one act.

    Ends the lost first choice where that has not been done, frees the seat without a new approval of the band, moves the next
    one to the offer stage with a draft from the band, renews the promises to the others.

    `fell_through_at` says when they were lost where the record has it otherwise. Raises RuleBroken when `phase` contradicts the
    record, Conflict when nobody is on the bench; then nothing changes.
    """
    plan = plan_promotion(session, requisition)
    loss_phase.check_phase(phase, record=plan.phase)
    successor = _chosen(plan, requisition, application)
    _check_not_just_now(session, requisition, ending=plan.ending, now=act.now)
    promoted = successor.application
    lost = plan.lost
    before: dict[str, object] = {
        "made_loss": lost is None,
        "from_stage_id": promoted.stage_id,
        "drafted": offers.live_of(session, promoted) is None,
        **_ending_offer(session, plan),
    }
    if plan.ending is not None:
        ending = services.lose(
            session, application=plan.ending, kind="fall_through", reason=reason, act=act, phase=phase
        )
        lost = ending.loss
        before["cancelled"] = [interview.id for interview in ending.cancelled]
    if lost is None:
        raise Conflict("This application does not lead the slate. Set the order of finalists first.")
    loss_time.correct(session, loss=lost, at=fell_through_at, act=act)
    stage = requisitions.stage_of_kind(requisition, StageKind.OFFER)
    if stage is not None and promoted.stage_id != stage.id:
        applications.move(session, application=promoted, to=stage, act=act, reason="Promoted from the bench")
    offer = _draft_from_band(session, requisition, promoted=promoted, lost=lost, act=act)
    others = [finalist for finalist in plan.bench if finalist is not successor]
    before["renewed"] = _renew_promises(session, requisition, others, act=act)
    promotion = Promotion(
        requisition_id=requisition.id,
        opening_id=offer.opening_id,
        fall_through=lost,
        promoted_application_id=promoted.id,
        offer_id=offer.id,
        by_id=act.actor.id,
        at=act.now,
        before=before,
    )
    session.add(promotion)
    pair = {"ended_application_id": lost.application_id, "promoted_application_id": promoted.id}
    audit.record(session, action=AuditAction.FINALIST_PROMOTED, subject=promotion, act=act, **pair)
    undo = undo_token_services.issue(session, action=UndoAction.PROMOTED, payload={"id": promotion.id}, act=act)
    return PromotionResult(promotion, lost.application, promoted, offer, undo)


def hours_until_out(promotion: Promotion, offer: Offer) -> float | None:
    """From the fall-through until the next offer first went out, in hours (the goal is 2); None where it has not.

    That its terms are changed afterwards, which makes a draft of it again, does not take back that it was out.
    """
    if offer.extended_at is None:
        return None
    return (offer.extended_at - promotion.fall_through.at).total_seconds() / 3600
