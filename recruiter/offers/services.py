"""Offers drafted, changed, approved, sent out and answered. Losing a first choice is an act of `keepwarm`, which calls these."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict, NotFound
from recruiter.offers import expiry, queries, rules, term_versions
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline import rules as pipeline
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application
from recruiter.pipeline.reasons import Reason
from recruiter.requisitions import services as seats
from recruiter.requisitions.models import Opening, OpeningStatus

ENDINGS = {
    OfferStatus.DECLINED: AuditAction.OFFER_DECLINED,
    OfferStatus.LAPSED: AuditAction.OFFER_LAPSED,
    OfferStatus.RENEGED: AuditAction.OFFER_RENEGED,
    OfferStatus.RESCINDED: AuditAction.OFFER_RESCINDED,
}


def _seat(session: Session, *, application: Application, opening_id: int | None) -> Opening:
    if opening_id is not None:
        opening = next((opening for opening in application.requisition.openings if opening.id == opening_id), None)
        if opening is None:
            raise NotFound("This requisition has no such opening.")
    else:
        free = [opening for opening in application.requisition.openings if opening.status == OpeningStatus.OPEN]
        opening = next((opening for opening in free if queries.occupying_offer(session, opening) is None), None)
        opening = opening or application.requisition.free_opening
    if opening is None or opening.status != OpeningStatus.OPEN:
        raise Conflict("Every seat of this requisition is filled.")
    return opening


def draft(
    session: Session, *, application: Application, terms: rules.Terms, act: Act, opening_id: int | None = None
) -> Offer:
    """Start an offer for a seat. Raises Conflict where the application has one already or no seat is free."""
    applications.lock(session, application)
    pipeline.check_active(application)
    rules.check_terms(terms, band=application.requisition.band, today=act.today)
    if queries.live_of(session, application) is not None:
        raise Conflict(f"There is an offer for {application.candidate.name} already. Change that one.")
    offer = Offer(
        application=application,
        opening=_seat(session, application=application, opening_id=opening_id),
        status=OfferStatus.DRAFT,
        terms_version=1,
        created_by_id=act.actor_id,
        created_at=act.now,
    )
    term_versions.apply(offer, terms)
    session.add(offer)
    session.flush()
    term_versions.record(session, offer, act=act)
    audit.record(session, action=AuditAction.OFFER_DRAFTED, subject=offer, act=act)
    return offer


def change(session: Session, *, offer: Offer, terms: rules.Terms, act: Act) -> Offer:
    """Change terms. A change of pay makes a new version, voids approvals and takes the offer back to a draft, even when it was out.

    A change of dates alone is kept as a revision of the version; approvals and state stay as they are.
    """
    rules.check_status(offer, allowed=rules.CHANGEABLE, action="changed")
    expiry_unchanged = offer.expires_on is not None and terms.expires_on == offer.expires_on
    rules.check_terms(terms, band=offer.band, today=dt.date.min if expiry_unchanged else act.today)
    previous = rules.terms_of(offer)
    new_version = terms.pay != previous.pay
    term_versions.apply(offer, terms)
    if new_version:
        band_exceptions.void_where_exceeded(session, offer=offer, previous=previous, act=act)
        offer.terms_version += 1
        offer.status = OfferStatus.DRAFT
    if new_version or terms.dates != previous.dates:
        term_versions.record(session, offer, act=act)
    number, revision = offer.terms_version, term_versions.current(offer).revision
    audit.record(
        session, action=AuditAction.OFFER_CHANGED, subject=offer, act=act, terms_version=number, revision=revision
    )
    if not new_version and not expiry_unchanged:
        expiry.watch(session, offer, act=act)
    session.flush()
    return offer


def extend(session: Session, *, offer: Offer, act: Act) -> Offer:
    """Send an approved offer out. Raises Conflict while another offer for the same seat is out or accepted."""
    rules.check_status(offer, allowed=(OfferStatus.APPROVED,), action="sent out")
    pipeline.check_active(offer.application)
    if offer.opening.status != OpeningStatus.OPEN:
        raise Conflict("This seat is filled.")
    if queries.occupying_offer(session, offer.opening, except_for=offer) is not None:
        raise Conflict("Another offer for this seat is out. It must be answered, lapse or be rescinded first.")
    if offer.expires_on is not None and offer.expires_on < act.today:
        raise Conflict("The expiry of this offer has passed. Set a new one, then send it.")
    offer.status, offer.extended_at = OfferStatus.EXTENDED, offer.extended_at or act.now
    audit.record(session, action=AuditAction.OFFER_EXTENDED, subject=offer, act=act)
    expiry.watch(session, offer, act=act)
    session.flush()
    return offer


def accept(session: Session, *, offer: Offer, act: Act) -> Offer:
    """Record that the candidate has accepted: the seat is filled. The application moves on when work starts."""
    applications.lock(session, offer.application)  # the seat and its search change too: in one order for everybody
    rules.check_status(offer, allowed=(OfferStatus.EXTENDED,), action="accepted")
    pipeline.check_active(offer.application)
    offer.status, offer.accepted_at = OfferStatus.ACCEPTED, act.now
    seats.fill(session, opening=offer.opening, application_id=offer.application_id, act=act)
    audit.record(session, action=AuditAction.OFFER_ACCEPTED, subject=offer, act=act)
    session.flush()
    return offer


def end(session: Session, *, offer: Offer, status: OfferStatus, reason: Reason, act: Moment) -> Offer:
    """End an offer: declined or lapsed while it is out, reneged once accepted, rescinded at any time. A seat it held is free again.

    An offer lapses by itself too: then nobody acts.
    """
    rules.check_status(offer, allowed=rules.ENDS_FROM[status], action=rules.STATUS_PHRASES[status])
    if offer.status == OfferStatus.ACCEPTED:
        seats.free(session, opening=offer.opening, act=act)
    offer.status, offer.ended_at, offer.end_code, offer.end_reason = status, act.now, reason.code, reason.label
    audit.record(session, action=ENDINGS[status], subject=offer, act=act, reason_code=reason.code)
    session.flush()
    return offer


def restore(session: Session, *, offer: Offer, status: OfferStatus, act: Act) -> Offer:
    """Let an offer stand as it stood before an act that ended it was taken back; an accepted one has its seat again.

    Raises Conflict where another offer for the seat is out or accepted by now.
    """
    if status in rules.OCCUPYING and queries.occupying_offer(session, offer.opening, except_for=offer) is not None:
        raise Conflict("Another offer for this seat is out by now, so this cannot be taken back.")
    offer.status, offer.ended_at, offer.end_code, offer.end_reason = status, None, None, None
    if status == OfferStatus.ACCEPTED:
        seats.fill(session, opening=offer.opening, application_id=offer.application_id, act=act)
    audit.record(session, action=AuditAction.OFFER_RESTORED, subject=offer, act=act, status=status.value)
    session.flush()
    return offer
