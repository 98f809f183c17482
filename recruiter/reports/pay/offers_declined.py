"""Offers declined: how many, why, and by how much the other employer offered more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.reports import builders, rules
from recruiter.reports.types import Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

LABELS = {reason.code: reason.label for reason in reversed(reasons.REASONS)}
ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.RENEGED)


def _reason(offer: Offer) -> str:
    return LABELS.get(offer.end_code or "", "Not said")


def _signed(percent: float) -> str:
    return f"{percent:+.1f}%".replace("-", "\u2212")


def _excess_by_offer(request: ReportRequest, offers: Sequence[Offer]) -> dict[int, float]:
    """By offer how many per cent more, or less, was offered elsewhere."""
    query = (
        select(CompetingProcess.application_id, CompetingProcess.currency, CompetingProcess.offer_amount)
        .where(
            CompetingProcess.application_id.in_([offer.application_id for offer in offers]),
            CompetingProcess.offer_amount.is_not(None),
        )
        .order_by(CompetingProcess.id)
    )
    latest_amounts = {
        (application_id, currency): amount for application_id, currency, amount in request.session.execute(query)
    }
    return {
        offer.id: 100 * (amount - offer.base) / offer.base
        for offer in offers
        if (amount := latest_amounts.get((offer.application_id, offer.currency))) is not None
    }


def report(request: ReportRequest) -> Report:
    """The offers that were declined or reneged on in the period, beside what was offered elsewhere. Two statements.

    How much more is a per cent of our base, from the last figure the candidate named in the same currency; it is there
    only for who sees pay.
    """
    query = (
        select(Offer, Requisition)
        .join(Application, Application.id == Offer.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(
            request.within.contains(Application.requisition_id),
            Offer.status.in_(ANSWERED),
            Offer.extended_at >= request.start,
        )
        .order_by(Offer.ended_at.desc(), Offer.id.desc())
    )
    answered = request.session.execute(query).all()
    declined = [(offer, requisition) for offer, requisition in answered if offer.status != OfferStatus.ACCEPTED]
    excesses = _excess_by_offer(request, [offer for offer, _ in declined]) if request.pay else {}
    reason_counts = Counter(_reason(offer) for offer, _ in declined)
    n, count, median = len(answered), len(declined), rules.median_of(list(excesses.values()))
    last = None if request.pay else -1  # what tells of pay stands last
    return builders.report_on(
        "offers-declined",
        finding=f"{rules.share(count, n)} offers that were answered were declined or broken."
        if n
        else "No offer has been answered yet.",
        sample=Sample(n, "offer answered", "offers answered"),
        figures=(
            builders.share_figure("Declined, or broken after signing", count, n),
            builders.measure(
                "Elsewhere against our base, half at most",
                median,
                _signed,
                f"n = {len(excesses)} with a figure",
                nothing="none known",
            ),
        )[:last],
        bars=builders.count_bars(reason_counts.most_common(), count),
        last_column=last,
        rows=tuple(
            (
                request.day(offer.ended_at),
                *builders.requisition_cells(requisition),
                "Declined" if offer.status == OfferStatus.DECLINED else "Broken after signing",
                _reason(offer),
                rules.one_decimal(excesses.get(offer.id)),
            )[:last]
            for offer, requisition in declined
        ),
    )
