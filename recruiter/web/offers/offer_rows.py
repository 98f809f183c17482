"""What lists of offers and the page of one share: how an offer stands, its seat, and where its base lies in the band."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.money import Money, show
from recruiter.keepwarm.lifecycle import offer_reissue
from recruiter.offers import rules
from recruiter.offers.approval.approval_rounds import steps_of
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Band
from recruiter.web.request import guard

STATES = {
    OfferStatus.DRAFT: ("Draft", "line"),
    OfferStatus.PENDING_APPROVAL: ("Waits for approval", "due"),
    OfferStatus.APPROVED: ("Approved", "ok"),
    OfferStatus.EXTENDED: ("Out with the candidate", "info"),
    OfferStatus.ACCEPTED: ("Accepted", "ok"),
    OfferStatus.DECLINED: ("Declined", "late"),
    OfferStatus.LAPSED: ("Lapsed", "late"),
    OfferStatus.RESCINDED: ("Rescinded", "late"),
    OfferStatus.RENEGED: ("Reneged", "late"),
}
RAN_OUT = ("Out, answer date passed", "late")
AXIS_MARGIN = 0.14
CENTRE, START = 0.75, 0.2


@dataclass(frozen=True)
class BandBar:
    """The band and where the base lies, for the plot."""

    low: float
    high: float
    min: Money
    mid: Money | None
    max: Money
    base: Money
    anchor: str
    label: str


@dataclass(frozen=True)
class OfferRow:
    """One offer in a list."""

    offer: Offer
    state: tuple[str, str]
    over: Money | None
    seat: str
    waits_for: str
    answer: bool
    again: bool


def state_of(offer: Offer) -> tuple[str, str]:
    """How an offer stands, and its tone; one that is out after the day until which it could be answered is late."""
    return RAN_OUT if has_run_out(offer) else STATES[offer.status]


def has_run_out(offer: Offer) -> bool:
    """Whether an offer is out, nobody has answered, and its last day has passed."""
    return offer.status == OfferStatus.EXTENDED and (offer.expires_on or dt.date.max) < guard.today()


def _waits_for(offer: Offer) -> str:
    """Whose approval a request waits for, and how many have given theirs."""
    steps = steps_of(offer) if offer.awaits_approval else []
    groups = [group for step in steps if step.state == "now" for group in step.groups if group.given < group.needed]
    return ", ".join(f"{group.name} {group.given} of {group.needed}" for group in groups)


def rows_of(offers: Sequence[Offer]) -> list[OfferRow]:
    """Offers as a list shows them; those without an end first, by the day on which they expire."""
    rows = [
        OfferRow(
            offer,
            state_of(offer),
            rules.excess(offer.base_pay, offer.band),
            seat_of(offer),
            _waits_for(offer),
            offer.status == OfferStatus.EXTENDED,
            offer_reissue.may(offer, among=offers),
        )
        for offer in offers
    ]
    return sorted(rows, key=lambda row: (row.offer.status not in rules.LIVE, row.offer.expires_on or dt.date.max))


def bar_of(base: Money, band: Band | None) -> BandBar | None:
    """The band with the base on one axis."""
    if band is None:
        return None
    lowest, highest = min(band.min, base.amount), max(band.max, base.amount)
    margin = max((highest - lowest) * AXIS_MARGIN, 1)
    low, high = lowest - margin, highest + margin
    position = (base.amount - low) / (high - low)
    anchor = "end" if position > CENTRE else "start" if position < START else "middle"
    ends = Money(band.min, band.currency), Money(band.max, band.currency)
    label = f"Band from {show(ends[0])} to {show(ends[1])}, this offer {show(base)}"
    mid = Money(band.mid, band.currency) if band.mid is not None else None
    return BandBar(low, high, ends[0], mid, ends[1], base, anchor, label)


def seat_of(offer: Offer) -> str:
    """Which seat an offer is for, where a requisition has more than one."""
    seats = [opening.id for opening in offer.application.requisition.openings]
    return f"Seat {seats.index(offer.opening_id) + 1} of {len(seats)}" if len(seats) > 1 else ""


def crumbs(application: Application, *, runs: bool, last: str) -> list[tuple[str, str | None]]:
    """The way to a page of offers; without links where they would lead nowhere."""
    key, number = application.requisition.key, application.id
    board = url_for("offers.of_requisition", requisition_ref=key) if runs else None
    person = url_for("offers.of_application", application_id=number) if runs else None
    return [(application.requisition.title, board), (application.candidate.name, person), (last, None)]
