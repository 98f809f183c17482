"""The search so far: days open, how many came how far, offers that were not taken and why."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.offers.models import OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, StageChange
from recruiter.requisitions.models import Stage, StageKind

NOT_TAKEN = (OfferStatus.DECLINED, OfferStatus.LAPSED, OfferStatus.RENEGED)
LABELS = {reason.code: reason.label for reason in reasons.LIST}


def reached(ground: Ground) -> list[tuple[StageKind, int]]:
    """How many applications of the requisition ever stood in a stage of each kind, in the order of the kinds."""
    rows = ground.session.execute(
        select(Stage.kind, func.count(func.distinct(StageChange.application_id)))
        .join(StageChange, StageChange.to_stage_id == Stage.id)
        .join(Application, Application.id == StageChange.application_id)
        .where(Application.requisition_id == ground.requisition.id)
        .group_by(Stage.kind)
    )
    found = {row[0]: int(row[1]) for row in rows}
    return [(kind, found.get(kind, 0)) for kind in StageKind if found.get(kind)]


def not_taken(ground: Ground) -> list[record.Seat]:
    """Offers of this requisition that candidates did not take."""
    here = ground.requisition.id
    return [one for one in record.seats(ground) if one.requisition_id == here and one.status in NOT_TAKEN]


def collect(ground: Ground) -> Part:
    """Time, funnel and offers not taken. Reasons are told by their code, never by what somebody wrote."""
    opened, key = ground.requisition.created_at, ground.requisition.key
    days = max((ground.now - opened).days, 0)
    source, period = f"Record of {key}", f"{iso(opened)} to {iso(ground.now)}"
    told = [Evidence(f"The search has been open for {counted(days, 'day')}.", source, at=iso(opened), period=period)]
    steps = reached(ground)
    total = max((number for _, number in steps), default=0)
    if steps:
        words = ", ".join(f"{kind.value} {number}" for kind, number in steps)
        told.append(
            Evidence(f"Applications by the stages that they reached: {words}.", source, count=total, period=period)
        )
    lost = not_taken(ground)
    codes = Counter(LABELS.get(one.end_code or "other", "Other") for one in lost)
    if lost:
        words = ", ".join(f"{label.lower()} ({number})" for label, number in sorted(codes.items()))
        told.append(
            Evidence(f"{counted(len(lost), 'offer')} not taken: {words}.", source, count=len(lost), period=period)
        )
    talks, hours = record.effort(ground)
    if talks:
        words = f"{counted(talks, 'talk')} held so far took {hours:.1f} person-hours of panels."
        told.append(Evidence(words, f"Interviews of {key}", count=talks, period=period))
    text = f"Open since {on(opened)}, {counted(days, 'day')}. {counted(total, 'application')}, {counted(len(lost), 'offer')} not taken."
    figures = [Figure("Days open", days, "days"), Figure("Offers not taken", len(lost), "count")]
    figures += [Figure(f"Reached {kind.value}", number, "count") for kind, number in steps]
    return Part(text, tuple(told), tuple(figures), whole=True)
