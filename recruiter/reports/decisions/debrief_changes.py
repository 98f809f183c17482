"""How often the round table put somebody else first than the independent scorecards had."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from statistics import fmean

from sqlalchemy import func, select

from recruiter.debriefs.models import DebriefRecord
from recruiter.foundation import wording
from recruiter.ranking.models import NamedOrder
from recruiter.reports import builders
from recruiter.reports.types import Figure, Report, ReportRequest, Sample
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.queries import SubmittedRating

SAME, TIE, CHANGED, UNKNOWN = "Same person first", "A tie was settled", "Somebody else first", "Too few cards before"
OVERALL = "overall"
NATIVE = (1.0, 4.0)  # the recommendation of a card of our own


def leader_ids(means: Mapping[int, float]) -> set[int]:
    """Who stood first before: those with the highest mean, several in a tie; nobody where fewer than two were rated."""
    if len(means) < 2:  # noqa: PLR2004  # one alone leads nobody
        return set()
    best = max(means.values())
    return {application_id for application_id, mean in means.items() if best - mean < 1e-9}  # noqa: PLR2004  # means of the same marks


def verdict(before: set[int], first: int) -> str:
    """How the first choice stands to those who led before."""
    if not before:
        return UNKNOWN
    if first not in before:
        return CHANGED
    return SAME if len(before) == 1 else TIE


def _means(rows: Sequence[SubmittedRating], *, until: dt.datetime, among: Collection[int]) -> dict[int, float]:
    """The mean recommendation of each application on cards sent before the debrief, each on 0 to 1 of its own scale."""
    marks: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.attribute == OVERALL and row.application_id in among and row.submitted_at < until:
            low, high = NATIVE if row.scale_min is None or row.scale_max is None else (row.scale_min, row.scale_max)
            marks[row.application_id].append((row.score - low) / ((high - low) or 1))
    return {application_id: fmean(shares) for application_id, shares in marks.items()}


def report(request: ReportRequest) -> Report:
    """Who led by the cards before the debrief, and who was named first after it. Two statements."""
    debriefs = (
        select(DebriefRecord.requisition_id, func.min(DebriefRecord.at).label("began_at"))
        .where(request.within.contains(DebriefRecord.requisition_id))
        .group_by(DebriefRecord.requisition_id)
        .subquery()
    )
    query = (
        select(NamedOrder, Requisition, debriefs.c.began_at)
        .join(Requisition, Requisition.id == NamedOrder.requisition_id)
        .join(debriefs, debriefs.c.requisition_id == NamedOrder.requisition_id)
        .where(NamedOrder.named_at >= debriefs.c.began_at, debriefs.c.began_at >= request.start)
        .order_by(NamedOrder.id)
    )
    first_after: dict[int, tuple[NamedOrder, Requisition, dt.datetime]] = {}
    for order, requisition, began_at in request.session.execute(query):
        first_after.setdefault(order.requisition_id, (order, requisition, began_at))
    application_ids = [place["application_id"] for order, *_ in first_after.values() for place in order.places]
    cards = scorecards.cards_for_ranking(request.session, application_ids)
    rows, verdicts = [], Counter[str]()
    for order, requisition, began_at in first_after.values():
        ranked = [place["application_id"] for place in order.places]
        if not ranked:
            continue
        means = _means(cards, until=began_at, among=ranked)
        outcome = verdict(leader_ids(means), ranked[0])
        verdicts[outcome] += 1
        order_set_on = request.day(order.named_at)
        rows.append(
            (request.day(began_at), *builders.requisition_cells(requisition), len(means), outcome, order_set_on)
        )
    n = verdicts[SAME] + verdicts[CHANGED] + verdicts[TIE]
    return builders.report_on(
        "debrief-changes",
        finding=f"{verdicts[CHANGED]} of {wording.plural(n, 'debrief')} put somebody else first than the cards before it."
        if n
        else "No debrief can be compared yet.",
        sample=Sample(n, "debrief with cards to compare", "debriefs with cards to compare"),
        figures=(
            *(builders.share_figure(label, verdicts[label], n) for label in (CHANGED, SAME, TIE)),
            Figure(UNKNOWN, str(verdicts[UNKNOWN]), "not counted"),
        ),
        bars=(
            *builders.count_bars(((label, verdicts[label]) for label in (SAME, TIE)), n),
            builders.count_bar(CHANGED, verdicts[CHANGED], n, "due"),
        ),
        rows=tuple(sorted(rows, reverse=True)),
    )
