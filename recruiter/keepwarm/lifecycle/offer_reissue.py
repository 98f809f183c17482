"""An offer made once more after it lapsed, was declined or was rescinded: the same terms with another end, as a new draft."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.lifecycle import services
from recruiter.offers import queries, rules
from recruiter.offers import services as offering
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import OpeningStatus

ENDED = (OfferStatus.LAPSED, OfferStatus.DECLINED, OfferStatus.RESCINDED)


def may(offer: Offer, *, among: Sequence[Offer]) -> bool:
    """Whether an offer can be made again: it ended, it is the last one to this candidate `among` those given, and a seat is free."""
    application = offer.application
    if offer.status not in ENDED or application.status == ApplicationStatus.HIRED:
        return False
    has_later = any(other.application_id == offer.application_id and other.id > offer.id for other in among)
    return not has_later and any(opening.status == OpeningStatus.OPEN for opening in application.requisition.openings)


def reopens(offer: Offer) -> bool:
    """Whether the application has to be opened again for it, which asks for a reason."""
    return offer.application.status in {ApplicationStatus.WITHDRAWN, ApplicationStatus.REJECTED}


def offer_again(
    session: Session, *, offer: Offer, expires_on: dt.date | None, start_on: dt.date | None, act: Act, reason: str = ""
) -> Offer:
    """Draft the last terms of an ended offer once more, for the same seat where it is free; approval is asked as for any draft.

    An application that ended with the offer is opened again, with the reason. Raises RuleBroken at `expires_on` without a day
    that lies ahead, Conflict where the offer has not ended or there is another one for this candidate.
    """
    application = offer.application
    applications.lock(session, application)
    if offer.status not in ENDED:
        raise Conflict("Only an offer that lapsed, was declined or was rescinded is made again.")
    if expires_on is None or expires_on < act.today:
        raise RuleBroken.at("expires_on", "Enter the day until which they can answer now, today or later.")
    if reopens(offer):
        services.reopen(session, application=application, reason=reason, act=act)
    terms = dataclasses.replace(rules.terms_of(offer), start_on=start_on, expires_on=expires_on)
    opening_is_free = (
        offer.opening.status == OpeningStatus.OPEN and queries.occupying_offer(session, offer.opening) is None
    )
    return offering.draft(
        session, application=application, terms=terms, act=act, opening_id=offer.opening_id if opening_is_free else None
    )
