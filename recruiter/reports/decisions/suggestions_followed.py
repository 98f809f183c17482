"""How often people put finalists in the order that was suggested, where the suggestion saw a clear lead."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.reports import rules
from recruiter.reports.types import Bar, Column, Figure, Report, ReportRequest
from recruiter.requisitions.models import Requisition

VERDICT_LABELS = {
    OrderVerdict.FOLLOWED: "Followed",
    OrderVerdict.DEPARTED: "Departed, with a reason",
    OrderVerdict.OPEN: "Nothing to follow",
}


def report(request: ReportRequest) -> Report:
    """The order set last on each search beside the suggestion of that moment; one search counts once. One statement."""
    last = select(func.max(NamedOrder.id)).where(NamedOrder.requisition_id.in_(request.within))
    query = (
        select(NamedOrder, Requisition.key, Requisition.title, Requisition.department)
        .join(Requisition, Requisition.id == NamedOrder.requisition_id)
        .options(joinedload(NamedOrder.named_by))
        .where(NamedOrder.id.in_(last.group_by(NamedOrder.requisition_id)), NamedOrder.named_at >= request.start)
        .order_by(NamedOrder.named_at.desc(), NamedOrder.id.desc())
    )
    rows = [(row[0], row[1], row[2], row[3]) for row in request.session.execute(query)]
    verdicts = Counter(row[0].verdict for row in rows)
    n = verdicts[OrderVerdict.FOLLOWED] + verdicts[OrderVerdict.DEPARTED]
    return Report(
        name="suggestions-followed",
        title="Suggestions followed",
        question="Where the suggestion saw a clear lead, did people follow it?",
        finding=f"{verdicts[OrderVerdict.FOLLOWED]} of {rules.plural(n, 'order')} followed the suggestion where it saw a clear lead."
        if n
        else "No order was set beside a clear lead yet.",
        n=n,
        counted=rules.plural(n, "order") + " beside a clear lead",
        caution=rules.caution(
            n, singular="order that was set beside a clear lead", plural_form="orders that were set beside a clear lead"
        ),
        figures=(
            Figure("Followed", rules.share(verdicts[OrderVerdict.FOLLOWED], n)),
            Figure("Departed, and said why", rules.share(verdicts[OrderVerdict.DEPARTED], n)),
            Figure("Tied throughout, or no suggestion", str(verdicts[OrderVerdict.OPEN])),
        ),
        chart="Orders of finalists beside the suggestion",
        bars=tuple(
            Bar(label, verdicts[verdict], str(verdicts[verdict]), len(rows) or None)
            for verdict, label in VERDICT_LABELS.items()
        ),
        columns=(
            Column("set_on", "Set on"),
            Column("requisition", "Requisition"),
            Column("title", "Title"),
            Column("team", "Team"),
            Column("set_by", "Set by"),
            Column("verdict", "Beside the suggestion"),
            Column("suggestion", "Suggestion"),
            Column("decisions", "Decisions learnt from", figures=True),
        ),
        rows=tuple(
            (
                rules.iso_date(order.named_at.astimezone(request.zone).date()),
                key,
                title,
                team,
                order.named_by.name,
                VERDICT_LABELS[order.verdict],
                order.label or "none",
                order.n_decisions,
            )
            for order, key, title, team in rows
        ),
        rules=(
            "One search counts once, by the order that was set last.",
            "A tie is no lead: whoever orders a tie neither follows nor departs.",
            "Following is no aim in itself. Many departures ask what the suggestion misses; none at all asks who still decides.",
        ),
    )
