"""What this company's own past says about filling a seat: how long, how often one was lost, how long after a loss."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from sqlalchemy import select

from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.types import CaseContext, once_a_case
from recruiter.keepwarm.models.records import FallThrough, Promotion
from recruiter.offers.models import Offer

ENOUGH = 5
SECONDS_OF_DAY = 86_400


@dataclass(frozen=True)
class HiringHistory:
    """Days from opening a search to an accepted offer (quarter, half, three quarters of n), losses, days to refill."""

    n: int
    quarter: int | None
    half: int | None
    three_quarters: int | None
    offers_out: int
    lost: int
    refills: int
    refill_days: float | None


@once_a_case
def history_of(context: CaseContext) -> HiringHistory:
    """Own history before the moment of the case, without the candidate's own offers."""
    now, offers = context.now, record.offer_records(context)
    days = sorted(
        max((offer.accepted_at - offer.opened_at).days, 0)
        for offer in offers
        if offer.accepted_at is not None and offer.accepted_at <= now and offer.application_id != context.application.id
    )
    cuts = [round(cut) for cut in quantiles(days, n=4, method="inclusive")] if len(days) >= ENOUGH else [None] * 3
    lost, refill_days = 0, []
    query = (
        select(FallThrough.at, FallThrough.offer_id, Offer.accepted_at)
        .outerjoin(Promotion, (Promotion.fall_through_id == FallThrough.id) & Promotion.undone_at.is_(None))
        .outerjoin(Offer, Offer.id == Promotion.offer_id)
        .where(FallThrough.at <= now, FallThrough.taken_back_at.is_(None))
    )
    for lost_at, offer_id, accepted_at in context.session.execute(query):
        lost += offer_id is not None
        if accepted_at is not None and accepted_at <= now:
            refill_days.append((accepted_at - lost_at).total_seconds() / SECONDS_OF_DAY)
    return HiringHistory(
        n=len(days),
        quarter=cuts[0],
        half=cuts[1],
        three_quarters=cuts[2],
        offers_out=sum(1 for offer in offers if offer.extended_at is not None and offer.extended_at <= now),
        lost=lost,
        refills=len(refill_days),
        refill_days=median(refill_days) if refill_days else None,
    )
