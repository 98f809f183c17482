"""How often the round table put somebody else first than the independent scorecards had."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from recruiter.debriefs.models import DebriefRecord
from recruiter.ranking.models import NamedOrder
from recruiter.reports import rules
from recruiter.reports.types import Asked, Bar, Column, Figure, Report
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.queries import CardRow

SAME, TIE, CHANGED, UNKNOWN = "Same person first", "A tie was settled", "Somebody else first", "Too few cards before"
OVERALL = "overall"
NATIVE = (1.0, 4.0)  # the recommendation of a card of our own


def leaders(means: Mapping[int, float]) -> set[int]:
    """Who stood first before: those with the highest mean, several in a tie; nobody where fewer than two were rated."""
    if len(means) < 2:  # noqa: PLR2004  # one alone leads nobody
        return set()
    best = max(means.values())
    return {number for number, mean in means.items() if best - mean < 1e-9}  # noqa: PLR2004  # means of the same marks


def verdict(before: set[int], first: int) -> str:
    """How the first choice stands to those who led before."""
    if not before:
        return UNKNOWN
    if first not in before:
        return CHANGED
    return SAME if len(before) == 1 else TIE


def _means(rows: Sequence[CardRow], *, until: dt.datetime, among: Sequence[int]) -> dict[int, float]:
    """The mean recommendation of each application on cards sent before the debrief, each on 0 to 1 of its own scale."""
    marks: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.attribute == OVERALL and row.application_id in among and row.submitted_at < until:
            low, high = NATIVE if row.scale_min is None or row.scale_max is None else (row.scale_min, row.scale_max)
            marks[row.application_id].append((row.score - low) / ((high - low) or 1))
    return {number: sum(found) / len(found) for number, found in marks.items()}


def report(asked: Asked) -> Report:
    """Who led by the cards before the debrief, and who was named first after it. Three statements."""
    session = asked.session
    held = {
        row[0]: row[1]
        for row in session.execute(
            select(DebriefRecord.requisition_id, func.min(DebriefRecord.at))
            .where(DebriefRecord.requisition_id.in_(asked.within))
            .group_by(DebriefRecord.requisition_id)
        )
    }
    wanted = (
        select(NamedOrder, Requisition.key, Requisition.title, Requisition.department)
        .join(Requisition, Requisition.id == NamedOrder.requisition_id)
        .where(NamedOrder.requisition_id.in_(held))
        .order_by(NamedOrder.id)
    )
    first_after: dict[int, tuple[NamedOrder, str, str, str]] = {}
    for order, key, title, team in session.execute(wanted):
        if order.named_at >= held[order.requisition_id] and held[order.requisition_id] >= asked.start:
            first_after.setdefault(order.requisition_id, (order, key, title, team))
    places = {number: [one["application_id"] for one in row[0].places] for number, row in first_after.items()}
    cards = scorecards.cards_for_ranking(session, [one for order in places.values() for one in order])
    lines, found = [], Counter[str]()
    for number, (order, key, title, team) in first_after.items():
        if not places[number]:
            continue
        means = _means(cards, until=held[number], among=places[number])
        said = verdict(leaders(means), places[number][0])
        found[said] += 1
        on = held[number].astimezone(asked.zone).date()
        lines.append((rules.shown(on), key, title, team, len(means), said, rules.shown(order.named_at.date())))
    n = found[SAME] + found[CHANGED] + found[TIE]
    return Report(
        name="debrief-changes",
        title="Debriefs that changed the order",
        question="How often does the debrief put somebody else first than the scorecards before it?",
        finding=f"{found[CHANGED]} of {rules.plural(n, 'debrief')} put somebody else first than the cards before it."
        if n
        else "No debrief can be compared yet.",
        n=n,
        counted=rules.plural(n, "debrief") + " with cards to compare",
        caution=rules.caution(n, one="debrief with cards to compare", many="debriefs with cards to compare"),
        figures=(
            Figure("Somebody else first", rules.share(found[CHANGED], n)),
            Figure("Same person first", rules.share(found[SAME], n)),
            Figure("A tie was settled", rules.share(found[TIE], n)),
            Figure("Too few cards before", str(found[UNKNOWN]), "not counted"),
        ),
        chart="First by the cards before, and first after",
        bars=tuple(
            Bar(words, found[words], str(found[words]), n or None, "due" if words == CHANGED else "")
            for words in (SAME, TIE, CHANGED)
        ),
        columns=(
            Column("debrief_on", "Debrief on"),
            Column("requisition", "Requisition"),
            Column("title", "Title"),
            Column("team", "Team"),
            Column("rated", "Rated before", figures=True),
            Column("first", "First before and after"),
            Column("order_set_on", "Order set on"),
        ),
        rows=tuple(sorted(lines, reverse=True)),
        rules=(
            "Before: the mean recommendation on cards sent before the first word of the debrief, in the version before the reveal.",
            "After: the first place of the first order that was set after it.",
            "A change is no fault and no merit. It shows that the talk, and not the cards alone, decides.",
        ),
    )
