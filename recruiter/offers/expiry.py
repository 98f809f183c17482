"""The time that a candidate has: who sent an offer is reminded before it is over, and told once it is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.foundation import jobs
from recruiter.offers import chains
from recruiter.offers.models import Offer, OfferStatus

KIND = "offer.expiry"


def watch(session: Session, offer: Offer, *, now: dt.datetime, zone: dt.tzinfo) -> None:
    """Remind whoever sent an offer at 50 and 80 % of the time that the candidate has, and once it is over."""
    if offer.expires_on is None or offer.status != OfferStatus.EXTENDED:
        return
    payload = {"id": offer.id, "expires_on": offer.expires_on.isoformat(), "terms_version": offer.terms_version}
    end = chains.end_of(offer.expires_on, zone)
    for share, due_at in [*chains.reminders(now, end), (100, end)]:
        jobs.enqueue(session, KIND, payload={**payload, "share": share}, now=now, due_at=due_at)
