"""Time to fill: from the day a seat was opened to the signature of whoever filled it."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from sqlalchemy import func, select

from recruiter.offers.models import Offer, OfferStatus
from recruiter.reports import rules
from recruiter.reports.builders import measure, report_on, requisition_cells
from recruiter.reports.types import Bar, Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition


def report(request: ReportRequest) -> Report:
    """How long each seat took that was filled in the period, and how long those have waited that are free. Two statements."""
    query = (
        select(Requisition, Opening.opened_at, Offer.accepted_at)
        .join(Opening, Opening.requisition_id == Requisition.id)
        .join(Offer, (Offer.opening_id == Opening.id) & (Offer.application_id == Opening.filled_by_id))
        .where(
            request.within.contains(Requisition.id),
            Opening.status == OpeningStatus.FILLED,
            Offer.status == OfferStatus.ACCEPTED,
            Offer.accepted_at >= request.start,
        )
        .order_by(Offer.accepted_at.desc(), Opening.id)
    )
    rows, by_team = [], defaultdict[str, list[float]](list)
    for requisition, opened_at, accepted_at in request.session.execute(query):
        if accepted_at is None:  # an accepted offer has its day
            continue
        took = rules.days_between(opened_at, accepted_at)
        by_team[requisition.department or "No team"].append(took)
        rows.append((*requisition_cells(requisition), requisition.level, request.day(accepted_at), round(took, 1)))
    free, oldest = request.session.execute(
        select(func.count(Opening.id), func.min(Opening.opened_at)).where(
            request.within.contains(Opening.requisition_id), Opening.status == OpeningStatus.OPEN
        )
    ).one()
    durations = [took for team in by_team.values() for took in team]
    n, half = len(durations), rules.median_of(durations)
    medians = {team: median(took) for team, took in by_team.items()}
    return report_on(
        "time-to-fill",
        finding="No seat has been filled yet." if half is None else f"Half of the seats took at most {half:.0f} days.",
        sample=Sample(n, "seat filled", "seats filled"),
        figures=(
            measure("Half took at most", half, "{:.0f} days".format, f"n = {n}"),
            measure("Longest", max(durations, default=None), "{:.0f} days".format),
            Figure(
                "Free today", str(free), f"the oldest for {(request.moment.now - oldest).days} days" if free else ""
            ),
        ),
        bars=tuple(
            Bar(team, days, f"{days:.0f} days, n = {len(by_team[team])}")
            for team, days in sorted(medians.items(), key=lambda pair: -pair[1])
        ),
        rows=tuple(rows),
    )
