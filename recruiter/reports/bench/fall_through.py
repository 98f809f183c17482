"""First choices lost: in which phase, and why."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Select, func, select

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers.models import Offer
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.reports.builders import count_bars, report_on, requisition_cells, share_figure
from recruiter.reports.types import Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

PHASES = {
    Phase.BEFORE_OFFER: "Before an offer was out",
    Phase.OFFER: "While the offer was out",
    Phase.ACCEPTED: "After accepting",
}
LABELS = {reason.code: reason.label for reason in reversed(reasons.REASONS) if reason.code != "other"}


def losses(request: ReportRequest) -> Select[FallThrough, Requisition]:
    """The first choices that were lost in the period, the latest first, each with its search."""
    return (
        select(FallThrough, Requisition)
        .join(Requisition, Requisition.id == FallThrough.requisition_id)
        .where(
            request.within.contains(FallThrough.requisition_id),
            FallThrough.at >= request.start,
            FallThrough.taken_back_at.is_(None),
        )
        .order_by(FallThrough.at.desc(), FallThrough.id.desc())
    )


def _lost_offers(request: ReportRequest, phase: Phase) -> tuple[int, int]:
    """Of the offers that went out (or were accepted) in the period: how many fell through in that phase, and how many there are."""
    moment = Offer.accepted_at if phase == Phase.ACCEPTED else Offer.extended_at
    lost = select(FallThrough.offer_id).where(
        FallThrough.phase == phase, FallThrough.offer_id.is_not(None), FallThrough.taken_back_at.is_(None)
    )
    query = (
        select(func.count(Offer.id).filter(Offer.id.in_(lost)), func.count(Offer.id))
        .join(Application, Application.id == Offer.application_id)
        .where(request.within.contains(Application.requisition_id), moment >= request.start)
    )
    lost_offers, n = request.session.execute(query).one()
    return lost_offers, n


def _finding(phases: Counter[Phase], reason_counts: Counter[str]) -> str:
    if not phases:
        return "No first choice was lost."
    phase, count = phases.most_common(1)[0]
    reason, times = reason_counts.most_common(1)[0]
    lost = wording.plural(phases.total(), "first choice", "first choices")
    return (
        f"{lost} lost, {count} of them {PHASES[phase].lower()}; the most frequent reason: {reason.lower()} ({times})."
    )


def report(request: ReportRequest) -> Report:
    """Who was lost, by phase and reason, and how many of the offers of the period that was. Three statements."""
    phases, reason_counts, rows = Counter[Phase](), Counter[str](), []
    for loss, requisition in request.session.execute(losses(request)):
        reason = LABELS.get(loss.reason_code, "Other")
        phases[loss.phase] += 1
        reason_counts[reason] += 1
        rows.append((request.day(loss.at), *requisition_cells(requisition), PHASES[loss.phase], reason))
    extended, accepted = _lost_offers(request, Phase.OFFER), _lost_offers(request, Phase.ACCEPTED)
    n = len(rows)
    return report_on(
        "fall-through",
        finding=_finding(phases, reason_counts),
        sample=Sample(n, "first choice lost", "first choices lost"),
        figures=(
            share_figure("Offers that went out and were declined or ran out", *extended, "of those sent in the period"),
            share_figure("Accepted offers that fell through", *accepted, "of those accepted in the period"),
            Figure("Lost before an offer was out", str(phases[Phase.BEFORE_OFFER]), "first choices who withdrew"),
        ),
        bars=(
            *count_bars(((label, phases[phase]) for phase, label in PHASES.items()), n),
            *count_bars(reason_counts.most_common(), n, "soft"),
        ),
        rows=tuple(rows),
    )
