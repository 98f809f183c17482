"""First choices lost: in which phase, and why."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers.models import Offer
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.builders import REQUISITION, columns, count_bar
from recruiter.reports.types import Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

PHASES = {
    Phase.BEFORE_OFFER: "Before an offer was out",
    Phase.OFFER: "While the offer was out",
    Phase.ACCEPTED: "After accepting",
}
LABELS = {reason.code: reason.label for reason in reversed(reasons.REASONS) if reason.code != "other"}


def _lost_offers(request: ReportRequest, phase: Phase) -> tuple[int, int]:
    """Of the offers that went out (or were accepted) in the period: how many fell through in that phase, and how many there are."""
    moment = Offer.accepted_at if phase == Phase.ACCEPTED else Offer.extended_at
    lost = select(FallThrough.offer_id).where(
        FallThrough.phase == phase, FallThrough.offer_id.is_not(None), FallThrough.taken_back_at.is_(None)
    )
    query = (
        select(func.count(Offer.id), func.count(Offer.id).filter(Offer.id.in_(lost)))
        .join(Application, Application.id == Offer.application_id)
        .where(Application.requisition_id.in_(request.within), moment >= request.start)
    )
    n, count = request.session.execute(query).all()[0]
    return count, n


def _finding(phases: Counter[Phase], reasons: Counter[str]) -> str:
    n = sum(phases.values())
    if not n:
        return "No first choice was lost."
    phase, count = phases.most_common(1)[0]
    reason, times = reasons.most_common(1)[0]
    sentence = f"{wording.plural(n, 'first choice', 'first choices')} lost, {count} of them {PHASES[phase].lower()}"
    return f"{sentence}; the most frequent reason: {reason.lower()} ({times})."


def report(request: ReportRequest) -> Report:
    """Who was lost, by phase and reason, and how many of the offers of the period that was. Three statements."""
    query = (
        select(FallThrough, Requisition.key, Requisition.title, Requisition.department)
        .join(Requisition, Requisition.id == FallThrough.requisition_id)
        .where(
            FallThrough.requisition_id.in_(request.within),
            FallThrough.at >= request.start,
            FallThrough.taken_back_at.is_(None),
        )
        .order_by(FallThrough.at.desc(), FallThrough.id.desc())
    )
    rows = [(row[0], row[1], row[2], row[3]) for row in request.session.execute(query)]
    losses = [row[0] for row in rows]
    phases = Counter(loss.phase for loss in losses)
    reason_counts = Counter(LABELS.get(loss.reason_code, "Other") for loss in losses)
    extended, accepted = _lost_offers(request, Phase.OFFER), _lost_offers(request, Phase.ACCEPTED)
    n = len(losses)
    return Report(
        name="fall-through",
        title="First choices lost",
        question="In which phase do first choices go, and why?",
        finding=_finding(phases, reason_counts),
        sample=Sample(n, "first choice lost", "first choices lost"),
        figures=(
            Figure(
                "Offers that went out and were declined or ran out",
                rules.share(*extended),
                "of those sent in the period",
            ),
            Figure("Accepted offers that fell through", rules.share(*accepted), "of those accepted in the period"),
            Figure("Lost before an offer was out", str(phases[Phase.BEFORE_OFFER]), "first choices who withdrew"),
        ),
        chart="Losses by phase, then by reason",
        bars=(
            *(count_bar(label, phases[phase], n) for phase, label in PHASES.items()),
            *(count_bar(label, count, n, "soft") for label, count in reason_counts.most_common()),
        ),
        columns=columns({"lost_on": "Lost on", **REQUISITION, "phase": "Phase", "reason": "Reason"}),
        rows=tuple(
            (request.day(loss.at), key, title, team, PHASES[loss.phase], LABELS.get(loss.reason_code, "Other"))
            for loss, key, title, team in rows
        ),
        rules=(
            "A loss counts on the day on which it was recorded, in the phase that the record gives: no offer out, an offer out, accepted.",
            "The shares follow offers: of those that went out, or were accepted, in the period, how many fell through since.",
            "Our own withdrawal of an offer is no loss of a first choice and is not counted.",
        ),
    )
