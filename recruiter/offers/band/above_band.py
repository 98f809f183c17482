"""Offers above the band that no approved case covers yet: they cannot be approved as they stand."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select

from recruiter.offers.models import BandException, Offer, OfferStatus
from recruiter.requisitions.models import Band

WAITING = (OfferStatus.DRAFT, OfferStatus.PENDING_APPROVAL)


def above_band() -> ColumnElement[bool]:
    """Whether an offer waits and asks for more than its band or its case allows, as a column beside `Offer` and `Band`."""
    covers = select(BandException.id).where(
        BandException.application_id == Offer.application_id,
        BandException.voided_at.is_(None),
        BandException.up_to >= Offer.base,
    )
    asks = and_(Offer.status.in_(WAITING), Offer.base > Band.max, ~covers.exists())
    return func.coalesce(asks, False)  # SQL: no band, nothing above it
