"""Offers declined: how many, why, and by how much the other employer offered more."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.builders import count_bar, share_figure
from recruiter.reports.types import Column, Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

LABELS = {reason.code: reason.label for reason in reversed(reasons.REASONS)}
ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.RENEGED)


def report(request: ReportRequest) -> Report:
    """The offers that were declined or reneged on in the period, beside what was offered elsewhere. Two statements.

    How much more is a per cent of our base, from the last figure the candidate named in the same currency; it is there
    only for who sees pay.
    """
    query = (
        select(Offer, Requisition.key, Requisition.title, Requisition.department)
        .join(Application, Application.id == Offer.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(
            Application.requisition_id.in_(request.within),
            Offer.status.in_(ANSWERED),
            Offer.extended_at >= request.start,
        )
        .order_by(Offer.ended_at.desc(), Offer.id.desc())
    )
    rows = [(row[0], row[1], row[2], row[3]) for row in request.session.execute(query)]
    declined = [row for row in rows if row[0].status != OfferStatus.ACCEPTED]
    excess_by_offer = _excess_by_offer(request, [row[0] for row in declined]) if request.pay else {}
    reason_counts = Counter(LABELS.get(offer.end_code or "", "Not said") for offer, *_ in declined)
    n, count, median = len(rows), len(declined), rules.median_of(list(excess_by_offer.values()))
    signed = f"{median:+.1f}%".replace("-", "\u2212") if median is not None else "none known"
    return Report(
        name="offers-declined",
        title="Offers declined",
        question="How many say no, why, and by how much were we outbid?",
        finding=f"{rules.share(count, n)} offers that were answered were declined or broken."
        if n
        else "No offer has been answered yet.",
        sample=Sample(n, "offer answered", "offers answered"),
        figures=(
            share_figure("Declined, or broken after signing", count, n),
            *(
                (
                    Figure(
                        "Elsewhere against our base, half at most", signed, f"n = {len(excess_by_offer)} with a figure"
                    ),
                )
                if request.pay
                else ()
            ),
        ),
        chart="Reasons that were given",
        bars=tuple(count_bar(label, occurrences, count) for label, occurrences in reason_counts.most_common()),
        columns=(
            Column("ended_on", "Ended on"),
            Column("requisition", "Requisition"),
            Column("title", "Title"),
            Column("team", "Team"),
            Column("how", "How"),
            Column("reason", "Reason"),
            *((Column("elsewhere_percent", "Elsewhere, % of our base", figures=True),) if request.pay else ()),
        ),
        rows=tuple(
            (
                request.day(offer.ended_at),
                key,
                title,
                team,
                "Declined" if offer.status == OfferStatus.DECLINED else "Broken after signing",
                LABELS.get(offer.end_code or "", "Not said"),
                *(
                    (round(excess_by_offer[offer.id], 1) if offer.id in excess_by_offer else None,)
                    if request.pay
                    else ()
                ),
            )
            for offer, key, title, team in declined
        ),
        rules=(
            "Offers that went out in the period and were answered; those that ran out or that we took back are not counted.",
            "Elsewhere: the last amount that the candidate named in the currency of our offer, against our base.",
            "Amounts are shown to people who see pay.",
        ),
    )


def _excess_by_offer(request: ReportRequest, offers: list[Offer]) -> dict[int, float]:
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
