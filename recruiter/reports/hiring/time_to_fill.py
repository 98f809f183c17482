"""Time to fill: from the day a seat was opened to the signature of whoever filled it."""

from __future__ import annotations

from sqlalchemy import func, select

from recruiter.offers.models import Offer, OfferStatus
from recruiter.reports import rules
from recruiter.reports.types import Asked, Bar, Column, Figure, Report
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition

DAY = 86_400.0


def report(asked: Asked) -> Report:
    """How long each seat took that was filled in the period, and how long those have waited that are free. Two statements."""
    wanted = (
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
            Requisition.id.in_(asked.within),
            Opening.status == OpeningStatus.FILLED,
            Offer.status == OfferStatus.ACCEPTED,
            Offer.accepted_at >= asked.start,
        )
        .order_by(Offer.accepted_at.desc(), Opening.id)
    )
    filled = []
    for key, title, team, level, opened, at in asked.session.execute(wanted):
        if at is not None:
            took = max((at - opened).total_seconds() / DAY, 0.0)
            filled.append((key, title, team, level, rules.shown(at.astimezone(asked.zone).date()), took))
    free, oldest = asked.session.execute(
        select(func.count(Opening.id), func.min(Opening.opened_at)).where(
            Opening.requisition_id.in_(asked.within), Opening.status == OpeningStatus.OPEN
        )
    ).one()
    teams: dict[str, list[float]] = {}
    for _, _, team, _, _, took in filled:
        teams.setdefault(team or "No team", []).append(took)
    halves = {team: rules.middle(found) or 0.0 for team, found in teams.items()}
    n, half = len(filled), rules.middle([one[5] for one in filled])
    return Report(
        name="time-to-fill",
        title="Time to fill",
        question="How long until somebody has signed?",
        finding=f"Half of the seats took at most {half:.0f} days." if half is not None else "No seat has been filled yet.",
        n=n,
        counted=rules.plural(n, "seat") + " filled",
        caution=rules.caution(n, one="seat filled", many="seats filled"),
        figures=(
            Figure("Half took at most", f"{half:.0f} days" if half is not None else "none yet", f"n = {n}"),
            Figure("Longest", f"{max(one[5] for one in filled):.0f} days" if filled else "none yet"),
            Figure(
                "Free today",
                str(free),
                f"the oldest for {(asked.now - oldest).days} days" if oldest is not None else "",
            ),
        ),
        chart="Half of the seats of a team took at most, in days",
        bars=tuple(
            Bar(team, took, f"{took:.0f} days, n = {len(teams[team])}")
            for team, took in sorted(halves.items(), key=lambda one: -one[1])
        ),
        columns=(
            Column("requisition", "Requisition"),
            Column("title", "Title"),
            Column("team", "Team"),
            Column("level", "Level"),
            Column("signed_on", "Signed on"),
            Column("days", "Days", figures=True),
        ),
        rows=tuple((*one[:5], round(one[5], 1)) for one in filled),
        rules=(
            "From the day on which the seat was opened to the signature, in days of 24 hours.",
            "A seat that fell through and was filled again counts with the signature that holds.",
            "The period follows the signature.",
        ),
    )  # fmt: skip
