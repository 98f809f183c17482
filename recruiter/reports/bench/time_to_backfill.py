"""From the loss of a first choice to the next offer out; the goal is 2 hours."""

from __future__ import annotations

from collections import Counter

from sqlalchemy.orm import contains_eager

from recruiter.foundation import wording
from recruiter.keepwarm.models.records import FallThrough, Promotion
from recruiter.keepwarm.promotion.promote import hours_until_out
from recruiter.offers.models import Offer
from recruiter.reports import builders, rules
from recruiter.reports.bench.fall_through import losses
from recruiter.reports.types import Figure, Report, ReportRequest, Sample

STEPS = ((2.0, "Within 2 hours"), (8.0, "2 to 8 hours"), (24.0, "8 to 24 hours"), (72.0, "1 to 3 days"))
LONGER = "Longer"
OUT, WAITING, NOBODY = "Offer out", "Promoted, offer not out", "Nobody promoted"


def _step(hours: float) -> str:
    return next((label for limit, label in STEPS if hours <= limit), LONGER)


def report(request: ReportRequest) -> Report:
    """How long it took after each loss until the next offer was out, those that are not out yet among them. One statement."""
    query = (
        losses(request)
        .add_columns(Promotion, Offer)
        .outerjoin(Promotion, (Promotion.fall_through_id == FallThrough.id) & Promotion.undone_at.is_(None))
        .outerjoin(Offer, Offer.id == Promotion.offer_id)
        .options(contains_eager(Promotion.fall_through))
    )
    rows, durations, states = [], [], Counter[str]()
    for loss, requisition, promotion, offer in request.session.execute(query):
        hours = hours_until_out(promotion, offer) if promotion is not None and offer is not None else None
        took: tuple[float | None, str] = None, ""
        if hours is not None:
            state, hours = OUT, max(hours, 0.0)
            durations.append(hours)
            took = round(hours, 2), "yes" if hours <= rules.GOAL_HOURS else "no"
        else:
            state = WAITING if promotion is not None else NOBODY
        states[state] += 1
        lost_at = f"{loss.at.astimezone(request.moment.zone):%Y-%m-%d %H:%M}"
        rows.append((lost_at, *builders.requisition_cells(requisition), state, *took))
    n, median = len(durations), rules.median_of(durations)
    within_goal = sum(hours <= rules.GOAL_HOURS for hours in durations)
    counts = Counter(_step(hours) for hours in durations)
    (fastest, fast), *slower = [(label, counts[label]) for label in (*(label for _, label in STEPS), LONGER)]
    return builders.report_on(
        "time-to-backfill",
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
            builders.share_figure("Within the goal of 2 hours", within_goal, n),
            builders.measure("Half of them took at most", median, rules.duration_text, f"n = {n}"),
            Figure("Promoted, offer not out yet", str(states[WAITING])),
            Figure("Nobody promoted after the loss", str(states[NOBODY])),
        ),
        bars=(builders.count_bar(fastest, fast, n, "ok"), *builders.count_bars(slower, n)),
        rows=tuple(rows),
    )
