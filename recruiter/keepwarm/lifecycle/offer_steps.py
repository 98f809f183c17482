"""An offer sent out and accepted: each is an answer to the candidate, so what was promised to them is kept by it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.foundation.act import Act
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.schedule import next_contact
from recruiter.offers import services as offering
from recruiter.offers.models import Offer


def extend(session: Session, *, offer: Offer, act: Act) -> Offer:
    """Send an approved offer out; open promises to the candidate are kept by it. Raises Conflict as `offers.services.extend`."""
    offering.extend(session, offer=offer, act=act)
    _keep_promises(session, offer, answer="The offer was sent.", act=act)
    return offer


def accept(session: Session, *, offer: Offer, act: Act) -> Offer:
    """Record that the candidate has accepted; nobody who is hired still waits to hear. Raises Conflict as `offers.services.accept`."""
    offering.accept(session, offer=offer, act=act)
    _keep_promises(session, offer, answer="The offer was accepted.", act=act)
    return offer


def _keep_promises(session: Session, offer: Offer, *, answer: str, act: Act) -> None:
    """Those that are not due yet, or due today; what fell due before was broken, and stays so."""
    for promise in queries.promises_of(session, offer.application):
        if next_contact.is_open(promise, moment=act):
            promise_services.settle_promise(session, promise=promise, to=PromiseState.KEPT, answer=answer, act=act)
