"""Acts on applications and offers that reach each other: moving, ending, reopening, answering an offer.

They live here because this room sees applications, offers and promises at once; the rooms below know only their own part.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict
from recruiter.interviews import cancellation_services
from recruiter.interviews.models import Interview
from recruiter.keepwarm.lifecycle import loss_phase
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.keepwarm.notifications import alerts
from recruiter.offers import queries as offers
from recruiter.offers import services as offering
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import reasons
from recruiter.pipeline import rules as pipeline_rules
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange, StatusChange
from recruiter.requisitions.models import OpeningStatus, Stage, StageKind

LOST_OFFER = {
    Phase.ACCEPTED: OfferStatus.RENEGED,
    Phase.OFFER: OfferStatus.DECLINED,
    Phase.BEFORE_OFFER: OfferStatus.RESCINDED,
}


@dataclass(frozen=True)
class Ending:
    """The end of an application: which coming interviews were cancelled with it, and the loss where a first choice went.

    `offer` is the offer that ended with it, `offer_status` how that one stood before.
    """

    cancelled: list[Interview] = field(default_factory=list)
    loss: FallThrough | None = None
    offer: Offer | None = None
    offer_status: OfferStatus | None = None


def move(session: Session, *, application: Application, to: Stage, act: Act, reason: str = "") -> StageChange:
    """Move an application. Into the stage of the hire only with an accepted offer: work has started, the application is hired."""
    applications.lock(session, application)
    offer = offers.live_of(session, application) if to.kind == StageKind.HIRED else None
    accepted = offer is not None and offer.status == OfferStatus.ACCEPTED
    change = applications.move(session, application=application, to=to, act=act, reason=reason, offer_accepted=accepted)
    if to.kind == StageKind.HIRED:
        applications.hire(session, application=application, act=act)
        cancellation_services.cancel_coming(session, application=application, reason="Work has started", act=act)
    return change


def hire_has_started(session: Session, application: Application) -> bool:
    """Whether every seat of the search is filled and somebody has started work, so that the bench may go."""
    requisition = application.requisition
    if any(opening.status == OpeningStatus.OPEN for opening in requisition.openings):
        return False
    started = select(Application.id).where(
        Application.requisition_id == requisition.id, Application.status == ApplicationStatus.HIRED
    )
    return session.scalar(started.limit(1)) is not None


def reject(
    session: Session,
    *,
    application: Application,
    reason: str,
    act: Act,
    release_bench: bool = False,
    cancel_interviews: bool = True,
) -> Ending:
    """Close an application by the company, with a reason. A bench finalist stays until the hire has started, unless released."""
    given = reasons.resolve("rejection", reason)
    applications.lock(session, application)
    if application.finalist and not release_bench and not hire_has_started(session, application):
        raise Conflict(
            "A finalist stays on the bench until the hire has started work. Release the bench (release_bench) to let them go."
        )
    offer, offer_status = _take_back_offer(session, application, act=act)
    status = ApplicationStatus.REJECTED
    applications.end(session, application=application, status=status, reason=given, act=act)
    cancelled = _cancel_interviews(session, application, act=act) if cancel_interviews else []
    return Ending(cancelled, offer=offer, offer_status=offer_status)


def _cancel_interviews(session: Session, application: Application, *, act: Act) -> list[Interview]:
    return cancellation_services.cancel_coming(
        session, application=application, reason="The application has ended.", act=act
    )


def _take_back_offer(
    session: Session, application: Application, *, act: Act
) -> tuple[Offer | None, OfferStatus | None]:
    """End an offer that was never sent; answers it, and how it stood."""
    offer = offers.live_of(session, application)
    if offer is None:
        return None, None
    if offer.status in {OfferStatus.EXTENDED, OfferStatus.ACCEPTED}:
        raise Conflict("An offer is out or accepted. Rescind the offer first, then close the application.")
    reason, before = reasons.resolve("rescission", "The application has ended."), offer.status
    offering.end(session, offer=offer, status=OfferStatus.RESCINDED, reason=reason, act=act)
    return offer, before


def is_first_choice(session: Session, application: Application) -> bool:
    """Whether an application leads its slate: nobody still in the running stands before it."""
    if application.finalist is None:
        return False
    bench = pipeline.bench_of(session, application.requisition)
    return bool(bench) and bench[0].application_id == application.id


def lose(
    session: Session,
    *,
    application: Application,
    kind: str,
    reason: str,
    act: Act,
    phase: Phase | None = None,
    cancel_interviews: bool = True,
) -> Ending:
    """A candidate goes of their own will: ends the offer as the record has it, frees the seat, ends the application.

    `kind` names the list of reasons. Where a first choice or somebody with an offer out is lost, that is recorded with its phase.
    Raises RuleBroken when `phase` contradicts the record.
    """
    given = reasons.resolve(kind, reason)
    applications.lock(session, application)
    offer = offers.decisive_of(session, application)
    recorded_phase = loss_phase.phase_of(offer)
    loss_phase.check_phase(phase, record=recorded_phase)
    is_first_choice_lost = recorded_phase != Phase.BEFORE_OFFER or is_first_choice(session, application)
    ended_offer = offer if offer is not None and offer.status != OfferStatus.LAPSED else None
    offer_status = ended_offer.status if ended_offer else None
    if ended_offer is not None:
        offering.end(session, offer=ended_offer, status=LOST_OFFER[recorded_phase], reason=given, act=act)
    status = ApplicationStatus.WITHDRAWN
    applications.end(session, application=application, status=status, reason=given, act=act)
    cancelled = _cancel_interviews(session, application, act=act) if cancel_interviews else []
    if not is_first_choice_lost:
        return Ending(cancelled, offer=ended_offer, offer_status=offer_status)
    loss = FallThrough(
        requisition_id=application.requisition_id,
        opening_id=offer.opening_id if offer else None,
        application_id=application.id,
        offer_id=offer.id if offer and recorded_phase != Phase.BEFORE_OFFER else None,
        phase=recorded_phase,
        reason_code=given.code,
        reason=given.label,
        by_id=act.actor.id,
        at=act.now,
    )
    session.add(loss)
    session.flush()
    alerts.first_choice_lost(session, loss, act=act)
    return Ending(cancelled, loss, ended_offer, offer_status)


def withdraw(
    session: Session,
    *,
    application: Application,
    reason: str,
    act: Act,
    phase: Phase | None = None,
    cancel_interviews: bool = True,
) -> Ending:
    """Record that a candidate has withdrawn, at whatever point: an offer that is out or accepted ends with it."""
    return lose(
        session,
        application=application,
        kind="withdrawal",
        reason=reason,
        act=act,
        phase=phase,
        cancel_interviews=cancel_interviews,
    )


def decline(session: Session, *, offer: Offer, reason: str, act: Act) -> Offer:
    """Record that the candidate has declined an offer that is out."""
    if offer.status != OfferStatus.EXTENDED:
        raise Conflict("Only an offer that is out with the candidate can be declined.")
    lose(session, application=offer.application, kind="decline", reason=reason, act=act)
    return offer


def renege(session: Session, *, offer: Offer, reason: str, act: Act) -> Offer:
    """Record that somebody who had accepted will not come: the seat is open again, with the band that was approved."""
    if offer.status != OfferStatus.ACCEPTED:
        raise Conflict("Only an accepted offer can be reneged.")
    lose(session, application=offer.application, kind="renege", reason=reason, act=act)
    return offer


def lapse(session: Session, *, offer: Offer, reason: str, act: Moment) -> Offer:
    """Record that an offer ran out without an answer, `actor` None where it did so by itself. The application goes on."""
    given = reasons.resolve("lapse", reason or "no_answer")
    applications.lock(session, offer.application)
    offering.end(session, offer=offer, status=OfferStatus.LAPSED, reason=given, act=act)
    alerts.offer_lapsed(session, offer, act=act)
    return offer


def rescind(session: Session, *, offer: Offer, reason: str, act: Act) -> Offer:
    """Record that the company takes an offer back. The application goes on."""
    given = reasons.resolve("rescission", reason)
    applications.lock(session, offer.application)
    pipeline_rules.check_active(offer.application)
    return offering.end(session, offer=offer, status=OfferStatus.RESCINDED, reason=given, act=act)


def reopen(session: Session, *, application: Application, reason: str, act: Act) -> StatusChange:
    """Bring an ended application back to where it stood, with the history of its end."""
    return applications.reopen(session, application=application, reason=text.clean(reason), act=act)
