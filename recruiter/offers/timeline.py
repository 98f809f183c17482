"""When offers of several applications went on their way, for the timeline of a person. No amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.offers.models import Offer, OfferStatus


@dataclass(frozen=True)
class OfferDates:
    """The dates of one offer; `status` tells how it ended where it has."""

    id: int
    application_id: int
    status: OfferStatus
    created_at: dt.datetime
    submitted_at: dt.datetime | None
    extended_at: dt.datetime | None
    accepted_at: dt.datetime | None
    ended_at: dt.datetime | None


def dates_of_offers(session: Session, application_ids: Sequence[int]) -> list[OfferDates]:
    """The dates of every offer of some applications, oldest first."""
    query = (
        select(
            Offer.id, Offer.application_id, Offer.status, Offer.created_at, Offer.submitted_at, Offer.extended_at,
            Offer.accepted_at, Offer.ended_at
        )
        .where(Offer.application_id.in_(application_ids))
        .order_by(Offer.id)
    )  # fmt: skip
    return [OfferDates(*row) for row in session.execute(query)]
