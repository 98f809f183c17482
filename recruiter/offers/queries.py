"""Finding offers, exceptions of the band and competing processes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from recruiter.offers.models import Approval, CompetingProcess, Offer, OfferStatus
from recruiter.offers.rules import LIVE, OUT
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition

_LOADED = (
    selectinload(Offer.approvals).joinedload(Approval.by),
    selectinload(Offer.terms),
    joinedload(Offer.application).joinedload(Application.candidate),
)


def of_application(session: Session, application: Application) -> list[Offer]:
    """Every offer of an application, the latest first."""
    wanted = select(Offer).where(Offer.application_id == application.id).order_by(Offer.id.desc())
    return list(session.scalars(wanted.options(*_LOADED)))


def of_requisition(session: Session, requisition: Requisition) -> list[Offer]:
    """Every offer of a requisition, the latest first."""
    wanted = (
        select(Offer)
        .join(Application, Offer.application_id == Application.id)
        .where(Application.requisition_id == requisition.id)
        .order_by(Offer.id.desc())
    )
    return list(session.scalars(wanted.options(*_LOADED)))


def live_of(session: Session, application: Application) -> Offer | None:
    """The offer of an application that has not ended, None where there is none."""
    wanted = select(Offer).where(Offer.application_id == application.id, Offer.status.in_(LIVE))
    return session.scalars(wanted.order_by(Offer.id.desc()).limit(1)).first()


def decisive_by_application(session: Session, application_ids: Sequence[int]) -> dict[int, Offer]:
    """For each application the offer that tells how far it has come: the live one, else the last where it lapsed unanswered."""
    found: dict[int, Offer] = {}
    wanted = select(Offer).where(Offer.application_id.in_(application_ids)).order_by(Offer.id)
    for one in session.scalars(wanted):
        before = found.get(one.application_id)
        if one.status in LIVE or before is None or before.status not in LIVE:
            found[one.application_id] = one
    return {key: one for key, one in found.items() if one.status in LIVE or one.status == OfferStatus.LAPSED}


def decisive_of(session: Session, application: Application) -> Offer | None:
    """The offer that tells how far one application has come."""
    return decisive_by_application(session, [application.id]).get(application.id)


def out_on(session: Session, opening: Opening, *, but: Offer | None = None) -> Offer | None:
    """The offer for a seat that is out or accepted."""
    wanted = select(Offer).where(Offer.opening_id == opening.id, Offer.status.in_(OUT))
    if but is not None:
        wanted = wanted.where(Offer.id != but.id)
    return session.scalars(wanted.limit(1)).first()


def out_by_requisition(session: Session, requisition_ids: Sequence[int]) -> dict[int, set[int]]:
    """For each requisition: the applications that have an offer out (extended, no answer yet)."""
    wanted = (
        select(Application.requisition_id, Application.id)
        .join(Offer, Offer.application_id == Application.id)
        .where(Application.requisition_id.in_(requisition_ids), Offer.status == OfferStatus.EXTENDED)
    )
    found: dict[int, set[int]] = {}
    for requisition_id, application_id in session.execute(wanted):
        found.setdefault(requisition_id, set()).add(application_id)
    return found


def competing_of(session: Session, application: Application) -> list[CompetingProcess]:
    """Other employers' processes of a candidate, as told, the latest first."""
    wanted = (
        select(CompetingProcess)
        .where(CompetingProcess.application_id == application.id)
        .order_by(CompetingProcess.id.desc())
    )
    return list(session.scalars(wanted.options(joinedload(CompetingProcess.by))))


def standing_at(
    session: Session, *, within: Select[int], status: OfferStatus, expires_until: dt.date | None = None
) -> list[Offer]:
    """Offers of some requisitions in one state, those that expire first at the top; `expires_until` narrows them by date."""
    wanted = (
        select(Offer)
        .join(Application, Offer.application_id == Application.id)
        .where(Application.requisition_id.in_(within), Offer.status == status)
        .order_by(Offer.expires_on, Offer.id)
    )
    if expires_until is not None:
        wanted = wanted.where(Offer.expires_on <= expires_until)
    with_search = joinedload(Offer.application).joinedload(Application.requisition)
    return list(session.scalars(wanted.options(*_LOADED, with_search)))


def lapsed_last(session: Session, *, within: Select[int], limit: int) -> list[Offer]:
    """Offers that lapsed and after which nothing was decided: the last word to somebody in the running, for a seat that is free."""
    later, other = aliased(Offer), aliased(Offer)
    wanted = (
        select(Offer)
        .join(Application, Offer.application_id == Application.id)
        .join(Opening, Opening.id == Offer.opening_id)
        .where(
            Application.requisition_id.in_(within),
            Application.status == ApplicationStatus.ACTIVE,
            Offer.status == OfferStatus.LAPSED,
            Opening.status == OpeningStatus.OPEN,
            ~select(later.id).where(later.application_id == Offer.application_id, later.id > Offer.id).exists(),
            ~select(other.id).where(other.opening_id == Offer.opening_id, other.status.in_(OUT)).exists(),
        )
        .order_by(Offer.ended_at, Offer.id)
        .limit(limit)
    )
    with_search = joinedload(Offer.application).joinedload(Application.requisition)
    return list(session.scalars(wanted.options(*_LOADED, with_search)))


def asked_for_by(session: Session, user_id: int) -> list[Offer]:
    """The offers that somebody sent for approval and that are not decided, or were taken back to a draft, the oldest first."""
    wanted = select(Offer).where(
        Offer.submitted_by_id == user_id, Offer.status.in_((OfferStatus.PENDING_APPROVAL, OfferStatus.DRAFT))
    )
    with_search = joinedload(Offer.application).joinedload(Application.requisition)
    return list(session.scalars(wanted.order_by(Offer.id).options(*_LOADED, with_search)))


@dataclass(frozen=True)
class Offered:
    """When the first offer of an application went out, and how its latest one stands."""

    at: dt.datetime
    status: OfferStatus


def first_extended(session: Session, application_ids: Sequence[int]) -> dict[int, Offered]:
    """For a past decision: who had an offer out, since when, and how it ended."""
    wanted = select(Offer).where(Offer.application_id.in_(application_ids), Offer.extended_at.is_not(None))
    found: dict[int, Offered] = {}
    for one in session.scalars(wanted.order_by(Offer.id)):
        if one.extended_at is None:
            continue
        before = found.get(one.application_id)
        at = min(before.at, one.extended_at) if before else one.extended_at
        found[one.application_id] = Offered(at, one.status)
    return found
