"""What this company's own past says about filling a seat: how long, how often one was lost, how long after a loss."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import select

from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.types import Ground
from recruiter.keepwarm.models.records import FallThrough, Promotion
from recruiter.offers.models import Offer

ENOUGH = 5
SECONDS_OF_DAY = 86_400


@dataclass(frozen=True)
class Past:
    """Days from opening a search to an accepted offer (quarter, half, three quarters of n), losses, days to refill, panel hours of this search."""

    n: int
    quarter: int | None
    half: int | None
    three_quarters: int | None
    offers_out: int
    lost: int
    refills: int
    refill_days: float | None
    talks: int = 0
    hours: float = 0.0


def of(ground: Ground) -> Past:
    """Own history before the moment of the case, without the candidate's own offers."""
    return ground.once("history", lambda: _of(ground))


def _of(ground: Ground) -> Past:
    now, seats = ground.now, record.seats(ground)
    days = sorted(
        max((one.accepted_at - one.opened_at).days, 0)
        for one in seats
        if one.accepted_at is not None and one.accepted_at <= now and one.application_id != ground.application.id
    )
    cuts = [round(cut) for cut in quantiles(days, n=4, method="inclusive")] if len(days) >= ENOUGH else [None] * 3
    lost, refilled = 0, []
    wanted = (
        select(FallThrough.at, FallThrough.offer_id, Offer.accepted_at)
        .outerjoin(Promotion, (Promotion.fall_through_id == FallThrough.id) & Promotion.undone_at.is_(None))
        .outerjoin(Offer, Offer.id == Promotion.offer_id)
        .where(FallThrough.at <= now, FallThrough.taken_back_at.is_(None))
    )
    for fell, offer_id, accepted in ground.session.execute(wanted):
        lost += offer_id is not None
        if accepted is not None and accepted <= now:
            refilled.append((accepted - fell).total_seconds() / SECONDS_OF_DAY)
    talks, hours = record.effort(ground)
    return Past(
        n=len(days),
        quarter=cuts[0],
        half=cuts[1],
        three_quarters=cuts[2],
        offers_out=sum(1 for one in seats if one.extended_at is not None and one.extended_at <= now),
        lost=lost,
        refills=len(refilled),
        refill_days=median(refilled) if refilled else None,
        talks=talks,
        hours=hours,
    )
