"""How often people put finalists in the order that was suggested, where the suggestion saw a clear lead."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruiter.foundation import wording
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.reports import builders
from recruiter.reports.types import Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition

VERDICT_LABELS = {
    OrderVerdict.FOLLOWED: "Followed",
    OrderVerdict.DEPARTED: "Departed, with a reason",
    OrderVerdict.OPEN: "Nothing to follow",
}


def report(request: ReportRequest) -> Report:
    """The order set last on each search beside the suggestion of that moment; one search counts once. One statement."""
    last = select(func.max(NamedOrder.id)).where(request.within.contains(NamedOrder.requisition_id))
    query = (
        select(NamedOrder, Requisition)
        .join(Requisition, Requisition.id == NamedOrder.requisition_id)
        .options(joinedload(NamedOrder.named_by))
        .where(NamedOrder.id.in_(last.group_by(NamedOrder.requisition_id)), NamedOrder.named_at >= request.start)
        .order_by(NamedOrder.named_at.desc(), NamedOrder.id.desc())
    )
    orders = request.session.execute(query).all()
    verdicts = Counter(order.verdict for order, _ in orders)
    followed, departed = verdicts[OrderVerdict.FOLLOWED], verdicts[OrderVerdict.DEPARTED]
    n = followed + departed
    return builders.report_on(
        "suggestions-followed",
        finding=f"{followed} of {wording.plural(n, 'order')} followed the suggestion where it saw a clear lead."
        if n
        else "No order was set beside a clear lead yet.",
        sample=Sample(
            n,
            "order that was set beside a clear lead",
            "orders that were set beside a clear lead",
            counted_as=wording.plural(n, "order") + " beside a clear lead",
        ),
        figures=(
            builders.share_figure("Followed", followed, n),
            builders.share_figure("Departed, and said why", departed, n),
            Figure("Tied throughout, or no suggestion", str(verdicts[OrderVerdict.OPEN])),
        ),
        bars=builders.count_bars(
            ((label, verdicts[verdict]) for verdict, label in VERDICT_LABELS.items()), len(orders)
        ),
        rows=tuple(
            (
                request.day(order.named_at),
                *builders.requisition_cells(requisition),
                order.named_by.name,
                VERDICT_LABELS[order.verdict],
                order.label or "none",
                order.n_decisions,
            )
            for order, requisition in orders
        ),
    )
