"""An offer whose time is over lapses by itself, a working day after whoever sent it was told, unless an answer is recorded."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.foundation import jobs
from recruiter.foundation.act import Moment
from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.foundation.jobs import Job
from recruiter.keepwarm.lifecycle import services
from recruiter.offers.approval import approval_chain
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import ApplicationStatus

KIND = "offer.lapse"
GRACE = 1  # working days in which an answer that came in time is written down
CODE = "no_answer"


def last_day(expires_on: dt.date, calendar: WorkingDays = WEEKDAYS) -> dt.date:
    """The last day on which an answer is recorded before an offer lapses by itself."""
    return calendar.add(expires_on, GRACE)


def schedule(session: Session, offer: Offer, *, moment: Moment) -> Job | None:
    """Ask for the lapse of an offer whose time is over; None where it has no end."""
    if offer.expires_on is None:
        return None
    payload = {"id": offer.id, "expires_on": offer.expires_on.isoformat(), "terms_version": offer.terms_version}
    due_at = approval_chain.end_of(last_day(offer.expires_on, moment.calendar), moment.zone)
    return jobs.enqueue(session, KIND, payload=payload, now=moment.now, due_at=due_at)


def is_still_out(offer: Offer | None, job: Job) -> bool:
    """Whether an offer is still out with the end that a job was asked for."""
    return (
        offer is not None
        and offer.status == OfferStatus.EXTENDED
        and offer.expires_on is not None
        and (offer.expires_on.isoformat(), offer.terms_version)
        == (job.payload["expires_on"], job.payload["terms_version"])
    )


def lapse(session: Session, job: Job, *, moment: Moment) -> bool:
    """Let an offer lapse that nobody has answered, changed or ended since; whether it did."""
    offer = session.get(Offer, job.payload["id"])
    if offer is None or not is_still_out(offer, job) or offer.application.status != ApplicationStatus.ACTIVE:
        return False
    services.lapse(session, offer=offer, reason=CODE, act=moment)
    return True
