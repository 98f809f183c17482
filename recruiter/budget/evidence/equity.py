"""Pay fairness: what the offer would mean for people of the same level, in counts and ratios of at least five, and what a remedy costs."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlalchemy import select

from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, counted, iso
from recruiter.foundation.money import Money, show
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Band, Requisition

FEWEST = 5
TOLERANCE = 10


@dataclass(frozen=True)
class Comparison:
    """The request against bases of the same level: how many, how many below, how many far below, the ratio, the price of a remedy."""

    n: int
    below: int
    far_below: int
    ratio: float
    remedy: int


def compare(ask: int, bases: list[int]) -> Comparison | None:
    """None for fewer than five people. Far below is more than 10 % below; a remedy lifts those to 10 % below the request."""
    if len(bases) < FEWEST:
        return None
    line = ask * (100 - TOLERANCE)
    far = [base for base in bases if base * 100 < line]
    remedy = sum(-(-(line - base * 100) // 100) for base in far)
    return Comparison(len(bases), sum(1 for base in bases if base < ask), len(far), ask / median(bases), remedy)


def bases_of(ground: Ground) -> list[int]:
    """Bases of accepted offers of the same level, currency and interval, without the candidate's own."""
    if not ground.requisition.level:
        return []
    wanted = (
        select(Offer.base)
        .join(Application, Offer.application_id == Application.id)
        .join(Requisition, Application.requisition_id == Requisition.id)
        .join(Band, Band.requisition_id == Requisition.id)
        .where(
            Offer.status == OfferStatus.ACCEPTED,
            Offer.accepted_at <= ground.now,
            Requisition.level == ground.requisition.level,
            Offer.currency == ground.case.currency,
            Band.interval == ground.band.interval,
            Application.id != ground.application.id,
        )
    )
    return [int(base) for base in ground.session.scalars(wanted)]


def collect(ground: Ground) -> Part:
    """Counts and ratios, never a person and never fewer than five."""
    found = compare(ground.case.ask, bases_of(ground))
    level, source = ground.requisition.level or "this level", "Accepted offers of the same level"
    if found is None:
        few = f"Fewer than {FEWEST} accepted offers of {level} are on record, so no comparison is shown."
        return Part(few, (Evidence(few, source, period=f"until {iso(ground.now)}"),))
    remedy = show(Money(found.remedy * ground.periods, ground.case.currency))
    below = f"{found.below} of {counted(found.n, 'person', 'people')} of {level} would be paid less than this offer, {found.far_below} of them by more than {TOLERANCE} %."
    ratio = f"The request is {found.ratio:.2f} times the median base of {level}."
    price = f"To bring those {found.far_below} to within {TOLERANCE} % would cost {remedy} a year."
    told = [Evidence(words, source, count=found.n, period=f"until {iso(ground.now)}") for words in (below, ratio)]
    if found.far_below:
        told.append(Evidence(price, source, count=found.n))
    figures = (
        Figure("People of the same level", found.n, "count"),
        Figure("Paid less than the request", found.below, "count"),
        Figure(f"Paid more than {TOLERANCE} % less", found.far_below, "count"),
        Figure("Request to median", round(found.ratio, 4), "ratio"),
        Figure("Remedy each year", found.remedy * ground.periods, ground.case.currency),
    )
    text = f"{below} {ratio}" + (f" {price}" if found.far_below else "")
    return Part(text, tuple(told), figures, whole=not found.far_below)
