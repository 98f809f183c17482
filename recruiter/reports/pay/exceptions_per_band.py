"""Exceptions above the band: by band, role and hiring manager, how far above, what was decided and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import false, select

from recruiter.budget.models import BudgetCase
from recruiter.budget.register import register_queries
from recruiter.budget.register.register_queries import RegisterEntry
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.builders import Number, columns, count_bar, share_figure
from recruiter.reports.types import Cell, Figure, Report, ReportRequest, Sample

KINDS: tuple[tuple[str, Callable[[RegisterEntry], str]], ...] = (
    ("Band", lambda entry: entry.band),
    ("Role", lambda entry: entry.role),
    ("Hiring manager", lambda entry: entry.manager),
)


def _register(request: ReportRequest) -> register_queries.Register:
    """The register of these searches, empty for who does not see pay. Two statements."""
    cases = (
        select(BudgetCase.id)
        .join(Offer, Offer.id == BudgetCase.offer_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Application.requisition_id.in_(request.within) if request.pay else false())
    )
    return register_queries.register_of(request.session, within=cases, moment=request.moment)


def _excess_percent(entry: RegisterEntry) -> float | None:
    """How far the base that was asked for lies above the top of the band, in per cent of the top."""
    if entry.top is None or entry.top.currency != entry.requested.currency or not entry.top.amount:
        return None
    return 100 * (entry.requested.amount - entry.top.amount) / entry.top.amount


def _median(entries: Sequence[RegisterEntry]) -> float | None:
    median = rules.median_of([excess for entry in entries if (excess := _excess_percent(entry)) is not None])
    return round(median, 1) if median is not None else None


def _granted(entries: Sequence[RegisterEntry]) -> int:
    return sum(entry.granted is not None for entry in entries)


def _outcomes_text(entries: Sequence[RegisterEntry]) -> str:
    """“2 accepted, 1 declined anyway”: what became of those that were approved."""
    counts = Counter(entry.outcome for entry in entries if entry.granted is not None)
    return ", ".join(f"{count} {outcome[:1].lower()}{outcome[1:]}" for outcome, count in counts.most_common())


def _rows(entries: Sequence[RegisterEntry]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each band, each role and each manager, those with most cases first."""
    rows: list[tuple[Cell, ...]] = []
    for kind, name_of in KINDS:
        groups: dict[str, list[RegisterEntry]] = defaultdict(list)
        for entry in entries:
            groups[name_of(entry)].append(entry)
        for name, group in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            granted = _granted(group)
            row = (kind, name, len(group), granted, len(group) - granted, _median(group), _outcomes_text(group))
            rows.append(row)
    return tuple(rows)


def _finding(entries: Sequence[RegisterEntry], bands: Counter[str]) -> str:
    if not entries:
        return "No case above a band was decided."
    sentence = f"{rules.share(_granted(entries), len(entries))} cases above a band were approved"
    if not bands:
        return f"{sentence}."
    name, count = bands.most_common(1)[0]
    return f"{sentence}; the band that was exceeded most often: {name} ({count})."


def report(request: ReportRequest) -> Report:
    """What was decided above the band in the period, by band, role and hiring manager. Two statements; only for who sees pay."""
    register = _register(request)
    entries = [entry for entry in register.entries if entry.decided_at >= request.start]
    n, median = len(entries), _median(entries)
    bands = Counter(entry.band for entry in entries if entry.approved)
    review = [band.name for band in register.by_band if band.review]
    outcomes = Counter(entry.outcome for entry in entries)
    return Report(
        name="exceptions-per-band",
        title="Exceptions per band",
        question="Which bands are exceeded, by how much, and what became of it?",
        finding=_finding(entries, bands)
        if request.pay
        else "This report tells of pay. People who see pay can read it.",
        sample=Sample(n, "case decided", "cases decided"),
        figures=(
            share_figure("Cases above the band that were approved", _granted(entries), n),
            Figure(
                "Asked above the top of the band, half at most",
                f"{median:.1f}%" if median is not None else "none",
                f"n = {n}",
            ),
            Figure(
                "Bands to review",
                str(len(review)),
                ", ".join(review) or f"none was exceeded {register_queries.REVIEW} times in 12 months",
            ),
        ),
        chart="What became of the cases",
        bars=tuple(count_bar(outcome, count, n) for outcome, count in outcomes.most_common()),
        columns=columns(
            {
                "by": "By",
                "name": "Which",
                "cases": Number("Cases decided"),
                "approved": Number("Approved"),
                "refused": Number("Refused"),
                "median_excess_percent": Number("Asked above the top, median %"),
                "became": "What became of the approved",
            }
        ),
        rows=_rows(entries),
        rules=(
            "A case counts on the day on which it was approved or refused. Drafts, cases that wait and cases taken back are not counted.",
            "Each case stands in three rows: that of its band, of its role and of its hiring manager.",
            "The excess is what was asked above the top of the band, in per cent of the top, so that no currencies are added.",
            "The register of budget cases lists each case by itself.",
        ),
    )
