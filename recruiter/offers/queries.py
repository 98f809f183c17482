"""Finding offers, exceptions of the band and competing processes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from recruiter.foundation.database.scope import Scope
from recruiter.offers.models import Approval, CompetingProcess, Offer, OfferStatus
from recruiter.offers.rules import LIVE, OCCUPYING
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition

_LOADED = (
    selectinload(Offer.approvals).joinedload(Approval.by),
    selectinload(Offer.terms),
    joinedload(Offer.application).joinedload(Application.candidate),
)
_LOADED_WITH_REQUISITION = (*_LOADED, joinedload(Offer.application).joinedload(Application.requisition))


def of_application(session: Session, application: Application) -> list[Offer]:
    """Every offer of an application, the latest first."""
    query = select(Offer).where(Offer.application_id == application.id).order_by(Offer.id.desc())
    return list(session.scalars(query.options(*_LOADED)))


def of_requisition(session: Session, requisition: Requisition) -> list[Offer]:
    """Every offer of a requisition, the latest first."""
    query = select(Offer).join(Offer.application).where(Application.requisition_id == requisition.id)
    return list(session.scalars(query.order_by(Offer.id.desc()).options(*_LOADED)))


def live_of(session: Session, application: Application) -> Offer | None:
    """The offer of an application that has not ended, None where there is none."""
    query = select(Offer).where(Offer.application_id == application.id, Offer.status.in_(LIVE))
    return session.scalars(query.order_by(Offer.id.desc()).limit(1)).first()


def of_applications(session: Session, application_ids: Sequence[int]) -> list[Offer]:
    """Every offer of some applications, the oldest first."""
    return list(session.scalars(select(Offer).where(Offer.application_id.in_(application_ids)).order_by(Offer.id)))


def decisive_by_application(session: Session, application_ids: Sequence[int]) -> dict[int, Offer]:
    """For each application the offer that tells how far it has come: the live one, else the last where it lapsed unanswered."""
    decisive: dict[int, Offer] = {}
    for offer in of_applications(session, application_ids):
        previous = decisive.get(offer.application_id)
        if offer.status in LIVE or previous is None or previous.status not in LIVE:
            decisive[offer.application_id] = offer
    return {key: offer for key, offer in decisive.items() if offer.status in LIVE or offer.status == OfferStatus.LAPSED}


def decisive_of(session: Session, application: Application) -> Offer | None:
    """The offer that tells how far one application has come."""
    return decisive_by_application(session, [application.id]).get(application.id)


def occupying_offer(session: Session, opening: Opening, *, except_for: Offer | None = None) -> Offer | None:
    """The offer for a seat that is out or accepted."""
    query = select(Offer).where(Offer.opening_id == opening.id, Offer.status.in_(OCCUPYING))
    if except_for is not None:
        query = query.where(Offer.id != except_for.id)
    return session.scalars(query.limit(1)).first()


def applications_with_offer_out(session: Session, requisition_ids: Sequence[int]) -> dict[int, set[int]]:
    """For each requisition: the applications that have an offer out (extended, no answer yet)."""
    query = (
        select(Application.requisition_id, Application.id)
        .join(Offer, Offer.application_id == Application.id)
        .where(Application.requisition_id.in_(requisition_ids), Offer.status == OfferStatus.EXTENDED)
    )
    applications: dict[int, set[int]] = defaultdict(set)
    for requisition_id, application_id in session.execute(query):
        applications[requisition_id].add(application_id)
    return applications


def competing_of(session: Session, application: Application) -> list[CompetingProcess]:
    """Other employers' processes of a candidate, as told, the latest first."""
    query = select(CompetingProcess).where(CompetingProcess.application_id == application.id)
    return list(session.scalars(query.order_by(CompetingProcess.id.desc()).options(joinedload(CompetingProcess.by))))


def with_status(
    session: Session, *, within: Scope, status: OfferStatus, expires_until: dt.date | None = None
) -> list[Offer]:
    """Offers of some requisitions in one state, those that expire first at the top; `expires_until` narrows them by date."""
    query = (
        select(Offer).join(Offer.application).where(within.contains(Application.requisition_id), Offer.status == status)
    )
    if expires_until is not None:
        query = query.where(Offer.expires_on <= expires_until)
    return list(session.scalars(query.order_by(Offer.expires_on, Offer.id).options(*_LOADED_WITH_REQUISITION)))


def unresolved_lapsed(session: Session, *, within: Scope, limit: int) -> list[Offer]:
    """Offers that lapsed and after which nothing was decided: the last word to somebody in the running, for a seat that is free."""
    later, other = aliased(Offer), aliased(Offer)
    query = (
        select(Offer)
        .join(Offer.application)
        .join(Offer.opening)
        .where(
            within.contains(Application.requisition_id),
            Application.status == ApplicationStatus.ACTIVE,
            Offer.status == OfferStatus.LAPSED,
            Opening.status == OpeningStatus.OPEN,
            ~select(later.id).where(later.application_id == Offer.application_id, later.id > Offer.id).exists(),
            ~select(other.id).where(other.opening_id == Offer.opening_id, other.status.in_(OCCUPYING)).exists(),
        )
        .order_by(Offer.ended_at, Offer.id)
        .limit(limit)
    )
    return list(session.scalars(query.options(*_LOADED_WITH_REQUISITION)))


def submitted_by(session: Session, user_id: int) -> list[Offer]:
    """The offers that somebody sent for approval and that are not decided, or were taken back to a draft, the oldest first."""
    query = select(Offer).where(
        Offer.submitted_by_id == user_id, Offer.status.in_((OfferStatus.PENDING_APPROVAL, OfferStatus.DRAFT))
    )
    return list(session.scalars(query.order_by(Offer.id).options(*_LOADED_WITH_REQUISITION)))


@dataclass(frozen=True)
class FirstOffer:
    """When the first offer of an application went out, and how its latest one stands."""

    at: dt.datetime
    status: OfferStatus


def first_offers(session: Session, application_ids: Sequence[int]) -> dict[int, FirstOffer]:
    """For a past decision: who had an offer out, since when, and how it ended."""
    first_by_application: dict[int, FirstOffer] = {}
    for offer in of_applications(session, application_ids):
        if offer.extended_at is not None:
            previous = first_by_application.get(offer.application_id)
            at = min(previous.at, offer.extended_at) if previous else offer.extended_at
            first_by_application[offer.application_id] = FirstOffer(at, offer.status)
    return first_by_application
