"""The time that a candidate has: who sent an offer is reminded before it is over, and told once it is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.foundation import jobs
from recruiter.foundation.act import Moment
from recruiter.offers.approval import approval_chain
from recruiter.offers.models import Offer, OfferStatus

KIND = "offer.expiry"
LAST_DAY = 99  # stands for a share: what is left is a day
DAY, APART = dt.timedelta(hours=24), dt.timedelta(hours=6)  # two reminders within six hours say the same


def watch(session: Session, offer: Offer, *, act: Moment) -> None:
    """Remind whoever sent an offer at 50 and 80 % of the time that the candidate has, a day before the end, and once it is over."""
    if offer.expires_on is None or offer.status != OfferStatus.EXTENDED:
        return
    payload = {"id": offer.id, "expires_on": offer.expires_on.isoformat(), "terms_version": offer.terms_version}
    end = approval_chain.end_of(offer.expires_on, act.zone)
    steps = approval_chain.reminders(act.now, end)
    last_day = end - DAY
    if last_day > act.now and all(abs(due_at - last_day) > APART for _, due_at in steps):
        steps.append((LAST_DAY, last_day))
    for share, due_at in [*steps, (100, end)]:
        jobs.enqueue(session, KIND, payload={**payload, "share": share}, now=act.now, due_at=due_at)
