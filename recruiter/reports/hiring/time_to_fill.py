"""Time to fill: from the day a seat was opened to the signature of whoever filled it."""

from __future__ import annotations

from sqlalchemy import func, select

from recruiter.offers.models import Offer, OfferStatus
from recruiter.reports import rules
from recruiter.reports.builders import REQUISITION, Number, columns
from recruiter.reports.types import Bar, Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition

DAY = 86_400.0


def report(request: ReportRequest) -> Report:
    """How long each seat took that was filled in the period, and how long those have waited that are free. Two statements."""
    query = (
        select(
            Requisition.key,
            Requisition.title,
            Requisition.department,
            Requisition.level,
            Opening.opened_at,
            Offer.accepted_at,
        )
        .join(Opening, Opening.requisition_id == Requisition.id)
        .join(Offer, (Offer.opening_id == Opening.id) & (Offer.application_id == Opening.filled_by_id))
        .where(
            Requisition.id.in_(request.within),
            Opening.status == OpeningStatus.FILLED,
            Offer.status == OfferStatus.ACCEPTED,
            Offer.accepted_at >= request.start,
        )
        .order_by(Offer.accepted_at.desc(), Opening.id)
    )
    filled = []
    for key, title, team, level, opened_at, accepted_at in request.session.execute(query):
        if accepted_at is not None:
            days = max((accepted_at - opened_at).total_seconds() / DAY, 0.0)
            filled.append((key, title, team, level, request.day(accepted_at), days))
    free, oldest = request.session.execute(
        select(func.count(Opening.id), func.min(Opening.opened_at)).where(
            Opening.requisition_id.in_(request.within), Opening.status == OpeningStatus.OPEN
        )
    ).all()[0]
    teams: dict[str, list[float]] = {}
    for _, _, team, _, _, days in filled:
        teams.setdefault(team or "No team", []).append(days)
    medians = {team: rules.median_of(durations) or 0.0 for team, durations in teams.items()}
    n, median = len(filled), rules.median_of([row[5] for row in filled])
    return Report(
        name="time-to-fill",
        title="Time to fill",
        question="How long until somebody has signed?",
        finding=f"Half of the seats took at most {median:.0f} days."
        if median is not None
        else "No seat has been filled yet.",
        sample=Sample(n, "seat filled", "seats filled"),
        figures=(
            Figure("Half took at most", f"{median:.0f} days" if median is not None else "none yet", f"n = {n}"),
            Figure("Longest", f"{max(row[5] for row in filled):.0f} days" if filled else "none yet"),
            Figure(
                "Free today",
                str(free),
                f"the oldest for {(request.moment.now - oldest).days} days" if oldest is not None else "",
            ),
        ),
        chart="Half of the seats of a team took at most, in days",
        bars=tuple(
            Bar(team, took, f"{took:.0f} days, n = {len(teams[team])}")
            for team, took in sorted(medians.items(), key=lambda pair: -pair[1])
        ),
        columns=columns({**REQUISITION, "level": "Level", "signed_on": "Signed on", "days": Number("Days")}),
        rows=tuple((*row[:5], round(row[5], 1)) for row in filled),
        rules=(
            "From the day on which the seat was opened to the signature, in days of 24 hours.",
            "A seat that fell through and was filled again counts with the signature that holds.",
            "The period follows the signature.",
        ),
    )
