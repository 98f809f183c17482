"""How far a first choice had come when it was lost, as the record has it."""

from __future__ import annotations

from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.models.records import Phase
from recruiter.offers.models import Offer, OfferStatus


def phase_of(offer: Offer | None) -> Phase:
    """How far a first choice had come, from the state of the offer."""
    if offer is None:
        return Phase.BEFORE_OFFER
    if offer.status in {OfferStatus.ACCEPTED, OfferStatus.RENEGED}:
        return Phase.ACCEPTED
    if offer.status in {OfferStatus.EXTENDED, OfferStatus.DECLINED, OfferStatus.LAPSED}:
        return Phase.OFFER
    return Phase.BEFORE_OFFER


def check_phase(stated: Phase | None, *, record: Phase) -> None:
    """What was said of the phase must be what the record holds."""
    descriptions = {
        Phase.BEFORE_OFFER: "no offer was out",
        Phase.OFFER: "an offer was out and not accepted",
        Phase.ACCEPTED: "the offer had been accepted",
    }
    if stated is not None and stated != record:
        raise RuleBroken.at("phase", f"The record says that {descriptions[record]}: the phase is {record.value}.")
