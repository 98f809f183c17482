"""First choices lost: in which phase, and why."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from recruiter.keepwarm.models.records import FallThrough, Phase
from recruiter.offers.models import Offer
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.types import Asked, Bar, Column, Figure, Report
from recruiter.requisitions.models import Requisition

PHASES = {
    Phase.BEFORE_OFFER: "Before an offer was out",
    Phase.OFFER: "While the offer was out",
    Phase.ACCEPTED: "After accepting",
}
LABELS = {one.code: one.label for one in reversed(reasons.LIST) if one.code != "other"}


def _out_of(asked: Asked, phase: Phase) -> tuple[int, int]:
    """Of the offers that went out (or were accepted) in the period: how many fell through in that phase, and how many there are."""
    moment = Offer.accepted_at if phase == Phase.ACCEPTED else Offer.extended_at
    lost = select(FallThrough.offer_id).where(
        FallThrough.phase == phase, FallThrough.offer_id.is_not(None), FallThrough.taken_back_at.is_(None)
    )
    wanted = (
        select(func.count(Offer.id), func.count(Offer.id).filter(Offer.id.in_(lost)))
        .join(Application, Application.id == Offer.application_id)
        .where(Application.requisition_id.in_(asked.within), moment >= asked.start)
    )
    n, count = asked.session.execute(wanted).one()
    return count, n


def _finding(phases: Counter[Phase], why: Counter[str]) -> str:
    n = sum(phases.values())
    if not n:
        return "No first choice was lost."
    phase, count = phases.most_common(1)[0]
    reason, times = why.most_common(1)[0]
    said = f"{rules.plural(n, 'first choice', 'first choices')} lost, {count} of them {PHASES[phase].lower()}"
    return f"{said}; the most frequent reason: {reason.lower()} ({times})."


def report(asked: Asked) -> Report:
    """Who was lost, by phase and reason, and how many of the offers of the period that was. Three statements."""
    wanted = (
        select(FallThrough, Requisition.key, Requisition.title, Requisition.department)
        .join(Requisition, Requisition.id == FallThrough.requisition_id)
        .where(
            FallThrough.requisition_id.in_(asked.within),
            FallThrough.at >= asked.start,
            FallThrough.taken_back_at.is_(None),
        )
        .order_by(FallThrough.at.desc(), FallThrough.id.desc())
    )
    found = [(row[0], row[1], row[2], row[3]) for row in asked.session.execute(wanted)]
    losses = [row[0] for row in found]
    phases = Counter(one.phase for one in losses)
    why = Counter(LABELS.get(one.reason_code, "Other") for one in losses)
    out, accepted = _out_of(asked, Phase.OFFER), _out_of(asked, Phase.ACCEPTED)
    n = len(losses)
    return Report(
        name="fall-through",
        title="First choices lost",
        question="In which phase do first choices go, and why?",
        finding=_finding(phases, why),
        n=n,
        counted=rules.plural(n, "first choice", "first choices") + " lost",
        caution=rules.caution(n, one="first choice lost", many="first choices lost"),
        figures=(
            Figure(
                "Offers that went out and were declined or ran out", rules.share(*out), "of those sent in the period"
            ),
            Figure("Accepted offers that fell through", rules.share(*accepted), "of those accepted in the period"),
            Figure("Lost before an offer was out", str(phases[Phase.BEFORE_OFFER]), "first choices who withdrew"),
        ),
        chart="Losses by phase, then by reason",
        bars=(
            *(Bar(words, phases[phase], str(phases[phase]), n or None) for phase, words in PHASES.items()),
            *(Bar(words, count, str(count), n or None, "soft") for words, count in why.most_common()),
        ),
        columns=(
            Column("lost_on", "Lost on"),
            Column("requisition", "Requisition"),
            Column("title", "Title"),
            Column("team", "Team"),
            Column("phase", "Phase"),
            Column("reason", "Reason"),
        ),
        rows=tuple(
            (
                rules.shown(one.at.astimezone(asked.zone).date()),
                key,
                title,
                team,
                PHASES[one.phase],
                LABELS.get(one.reason_code, "Other"),
            )
            for one, key, title, team in found
        ),
        rules=(
            "A loss counts on the day on which it was recorded, in the phase that the record gives: no offer out, an offer out, accepted.",
            "The shares follow offers: of those that went out, or were accepted, in the period, how many fell through since.",
            "Our own withdrawal of an offer is no loss of a first choice and is not counted.",
        ),
    )
