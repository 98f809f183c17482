"""From the loss of a first choice to the next offer out; the goal is 2 hours."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import FallThrough, Promotion
from recruiter.keepwarm.promotion.promote import hours_until_out
from recruiter.offers.models import Offer
from recruiter.reports import rules
from recruiter.reports.builders import REQUISITION, Number, columns, count_bar, share_figure
from recruiter.reports.types import Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

STEPS = ((2.0, "Within 2 hours"), (8.0, "2 to 8 hours"), (24.0, "8 to 24 hours"), (72.0, "1 to 3 days"))
LONGER = "Longer"


def _step(hours: float) -> str:
    return next((label for limit, label in STEPS if hours <= limit), LONGER)


def report(request: ReportRequest) -> Report:
    """How long it took after each loss until the next offer was out, those that are not out yet among them. One statement."""
    query = (
        select(FallThrough, Promotion, Offer, Requisition.key, Requisition.title, Requisition.department)
        .join(Requisition, Requisition.id == FallThrough.requisition_id)
        .outerjoin(Promotion, (Promotion.fall_through_id == FallThrough.id) & Promotion.undone_at.is_(None))
        .outerjoin(Offer, Offer.id == Promotion.offer_id)
        .options(contains_eager(Promotion.fall_through))
        .where(
            FallThrough.requisition_id.in_(request.within),
            FallThrough.at >= request.start,
            FallThrough.taken_back_at.is_(None),
        )
        .order_by(FallThrough.at.desc(), FallThrough.id.desc())
    )
    rows, durations, waiting, not_promoted = [], [], 0, 0
    for loss, promotion, offer, key, title, team in request.session.execute(query):
        hours = hours_until_out(promotion, offer) if promotion is not None and offer is not None else None
        if hours is not None:
            hours = max(hours, 0.0)
            durations.append(hours)
            state = "Offer out"
        elif promotion is not None:
            waiting += 1
            state = "Promoted, offer not out"
        else:
            not_promoted += 1
            state = "Nobody promoted"
        rows.append(
            (
                loss.at.astimezone(request.moment.zone).strftime("%Y-%m-%d %H:%M"),
                key,
                title,
                team,
                state,
                None if hours is None else round(hours, 2),
                "" if hours is None else "yes" if hours <= rules.GOAL_HOURS else "no",
            )
        )
    n, median = len(durations), rules.median_of(durations)
    within_goal = sum(hours <= rules.GOAL_HOURS for hours in durations)
    counts = {
        label: sum(_step(hours) == label for hours in durations)
        for label in [*(step_label for _, step_label in STEPS), LONGER]
    }
    return Report(
        name="time-to-backfill",
        title="Time to the next offer",
        question="When a first choice is lost, how long until the next offer is out?",
        finding=f"{within_goal} of {wording.plural(n, 'next offer')} went out within 2 hours of the loss; half took at most {rules.duration_text(median)}."
        if median is not None
        else "No next offer has gone out after a loss yet.",
        sample=Sample(
            n,
            "offer that went out after a loss",
            "offers that went out after a loss",
            counted_as=wording.plural(n, "next offer") + " out",
        ),
        figures=(
            share_figure("Within the goal of 2 hours", within_goal, n),
            Figure(
                "Half of them took at most",
                rules.duration_text(median) if median is not None else "none yet",
                f"n = {n}",
            ),
            Figure("Promoted, offer not out yet", str(waiting)),
            Figure("Nobody promoted after the loss", str(not_promoted)),
        ),
        chart="From the loss to the next offer out",
        bars=tuple(
            count_bar(label, count, n, "ok" if place == 0 else "")
            for place, (label, count) in enumerate(counts.items())
        ),
        columns=columns(
            {
                "lost_at": "Lost at",
                **REQUISITION,
                "state": "State",
                "hours": Number("Hours"),
                "within_goal": "Within 2 hours",
            }
        ),
        rows=tuple(rows),
        rules=(
            "The clock starts when the loss is recorded and stops when the offer of the promoted finalist first goes out.",
            "Nights and weekends count: the candidate waits through them too.",
            "Offers that are not out yet are counted beside the median, not in it.",
        ),
    )
