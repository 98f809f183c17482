"""What this company's own past says about filling a seat: how long, how often one was lost, how long after a loss."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import func, select

from recruiter.budget.evidence.shapes import Ground
from recruiter.keepwarm.models import FallThrough, Promotion
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.ranking.models import PastDecision
from recruiter.requisitions.models import Requisition

ENOUGH = 5
SECONDS_OF_DAY = 86_400


@dataclass(frozen=True)
class Past:
    """Days from opening a search to an accepted offer (quarter, half, three quarters of n), losses, days to refill."""

    n: int
    quarter: int | None
    half: int | None
    three_quarters: int | None
    offers_out: int
    lost: int
    refills: int
    refill_days: float | None
    decisions: int


def of(ground: Ground) -> Past:
    """Own history before the moment of the case, without the candidate's own offers."""
    session, now = ground.session, ground.now
    filled = session.execute(
        select(Requisition.created_at, Offer.accepted_at)
        .join(Application, Application.requisition_id == Requisition.id)
        .join(Offer, Offer.application_id == Application.id)
        .where(Offer.accepted_at.is_not(None), Offer.accepted_at <= now, Application.id != ground.application.id)
    )
    days = sorted(max((accepted - opened).days, 0) for opened, accepted in filled if accepted is not None)
    cuts = [round(cut) for cut in quantiles(days, n=4, method="inclusive")] if len(days) >= ENOUGH else [None] * 3
    out = session.scalar(select(func.count(Offer.id)).where(Offer.extended_at.is_not(None), Offer.extended_at <= now))
    lost = session.scalar(
        select(func.count(FallThrough.id)).where(
            FallThrough.offer_id.is_not(None), FallThrough.at <= now, FallThrough.taken_back_at.is_(None)
        )
    )
    refilled = [
        (accepted - fell).total_seconds() / SECONDS_OF_DAY
        for fell, accepted in session.execute(
            select(FallThrough.at, Offer.accepted_at)
            .join(Promotion, Promotion.fall_through_id == FallThrough.id)
            .join(Offer, Offer.id == Promotion.offer_id)
            .where(Offer.accepted_at.is_not(None), Offer.accepted_at <= now, Promotion.undone_at.is_(None))
        )
        if accepted is not None
    ]
    decided = session.scalar(select(func.count(PastDecision.id)).where(PastDecision.decided_at <= now))
    return Past(
        n=len(days),
        quarter=cuts[0],
        half=cuts[1],
        three_quarters=cuts[2],
        offers_out=out or 0,
        lost=lost or 0,
        refills=len(refilled),
        refill_days=median(refilled) if refilled else None,
        decisions=decided or 0,
    )
