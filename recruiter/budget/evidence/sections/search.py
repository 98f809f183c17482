"""The search so far: days open, how many came how far, offers that were not taken and why."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from recruiter.budget.evidence.figures import record
from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.wording import plural
from recruiter.offers.models import OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, StageChange
from recruiter.requisitions.models import Stage, StageKind

NOT_TAKEN = (OfferStatus.DECLINED, OfferStatus.LAPSED, OfferStatus.RENEGED)
LABELS = {reason.code: reason.label for reason in reasons.REASONS}


def stage_counts_of(context: CaseContext) -> list[tuple[StageKind, int]]:
    """How many applications of the requisition ever stood in a stage of each kind, in the order of the kinds."""
    rows = context.session.execute(
        select(Stage.kind, func.count(func.distinct(StageChange.application_id)))
        .join(StageChange, StageChange.to_stage_id == Stage.id)
        .join(Application, Application.id == StageChange.application_id)
        .where(Application.requisition_id == context.requisition.id)
        .group_by(Stage.kind)
    )
    counts = dict(rows.all())
    return [(kind, counts[kind]) for kind in StageKind if counts.get(kind)]


def offers_not_taken(context: CaseContext) -> list[record.OfferRecord]:
    """Offers of this requisition that candidates did not take."""
    here = context.requisition.id
    return [
        offer for offer in record.offer_records(context) if offer.requisition_id == here and offer.status in NOT_TAKEN
    ]


def collect(context: CaseContext) -> SectionEvidence:
    """Time, funnel and offers not taken. Reasons are told by their code, never by what somebody wrote."""
    opened, key = context.requisition.created_at, context.requisition.key
    days = max((context.now - opened).days, 0)
    source, period = f"Record of {key}", f"{context.iso_date(opened)} to {context.iso_date(context.now)}"
    evidence = [context.claim(f"The search has been open for {plural(days, 'day')}.", source, at=opened, period=period)]
    stages = stage_counts_of(context)
    total = max((number for _, number in stages), default=0)
    if stages:
        stage_counts = ", ".join(f"{kind.value} {number}" for kind, number in stages)
        statement = f"Applications by the stages that they reached: {stage_counts}."
        evidence.append(Claim(statement, source, count=total, period=period))
    declined_offers = offers_not_taken(context)
    declined = plural(len(declined_offers), "offer")
    if declined_offers:
        codes = Counter(LABELS.get(offer.end_code or "other", "Other") for offer in declined_offers)
        reason_counts = ", ".join(f"{label.lower()} ({number})" for label, number in sorted(codes.items()))
        statement = f"{declined} not taken: {reason_counts}."
        evidence.append(Claim(statement, source, count=len(declined_offers), period=period))
    interviews, hours = record.panel_effort(context)
    if interviews:
        statement = f"{plural(interviews, 'talk')} held so far took {hours:.1f} person-hours of panels."
        evidence.append(Claim(statement, f"Interviews of {key}", count=interviews, period=period))
    text = f"Open since {context.long_date(opened)}, {plural(days, 'day')}. {plural(total, 'application')}, {declined} not taken."
    figures = [Amount("Days open", days, "days"), Amount("Offers not taken", len(declined_offers), "count")]
    figures += [Amount(f"Reached {kind.value}", number, "count") for kind, number in stages]
    return SectionEvidence(text, evidence, figures, is_complete=True)
