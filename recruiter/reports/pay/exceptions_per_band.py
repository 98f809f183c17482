"""Exceptions above the band: by band, role and hiring manager, how far above, what was decided and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import false, select

from recruiter.budget.models import BudgetCase
from recruiter.budget.register import register_queries
from recruiter.budget.register.register_queries import RegisterEntry
from recruiter.foundation.database.scope import listed
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.builders import count_bars, measure, report_on, share_figure
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
        .where(request.within.contains(Application.requisition_id) if request.pay else false())
    )
    return register_queries.register_of(request.session, within=listed(cases), moment=request.moment)


def _median_excess(entries: Sequence[RegisterEntry]) -> float | None:
    """How far the bases that were asked for lie above the tops of their bands, in per cent of the top: half at most."""
    excesses = [
        100 * (entry.requested.amount - entry.top.amount) / entry.top.amount
        for entry in entries
        if entry.top is not None and entry.top.currency == entry.requested.currency and entry.top.amount
    ]
    return rules.one_decimal(rules.median_of(excesses))


def _row(kind: str, name: str, entries: Sequence[RegisterEntry]) -> tuple[Cell, ...]:
    granted = [entry for entry in entries if entry.granted is not None]
    outcomes = Counter(entry.outcome for entry in granted).most_common()  # “2 accepted, 1 declined anyway”
    became = ", ".join(f"{count} {outcome[:1].lower()}{outcome[1:]}" for outcome, count in outcomes)
    return kind, name, len(entries), len(granted), len(entries) - len(granted), _median_excess(entries), became


def _rows(entries: Sequence[RegisterEntry]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each band, each role and each manager, those with most cases first."""
    rows: list[tuple[Cell, ...]] = []
    for kind, name_of in KINDS:
        groups: dict[str, list[RegisterEntry]] = defaultdict(list)
        for entry in entries:
            groups[name_of(entry)].append(entry)
        in_order = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        rows += [_row(kind, name, group) for name, group in in_order]
    return tuple(rows)


def _finding(request: ReportRequest, approved: str, entries: Sequence[RegisterEntry]) -> str:
    if not request.pay:
        return "This report tells of pay. People who see pay can read it."
    if not entries:
        return "No case above a band was decided."
    bands = Counter(entry.band for entry in entries if entry.approved).most_common(1)
    most = "".join(f"; the band that was exceeded most often: {name} ({count})" for name, count in bands)
    return f"{approved} cases above a band were approved{most}."


def report(request: ReportRequest) -> Report:
    """What was decided above the band in the period, by band, role and hiring manager. Two statements; only for who sees pay."""
    register = _register(request)
    entries = [entry for entry in register.entries if entry.decided_at >= request.start]
    n = len(entries)
    approved = share_figure(
        "Cases above the band that were approved", sum(entry.granted is not None for entry in entries), n
    )
    review = [band.name for band in register.by_band if band.review]
    return report_on(
        "exceptions-per-band",
        finding=_finding(request, approved.value, entries),
        sample=Sample(n, "case decided", "cases decided"),
        figures=(
            approved,
            measure(
                "Asked above the top of the band, half at most",
                _median_excess(entries),
                "{:.1f}%".format,
                f"n = {n}",
                nothing="none",
            ),
            Figure(
                "Bands to review",
                str(len(review)),
                ", ".join(review) or f"none was exceeded {register_queries.REVIEW} times in 12 months",
            ),
        ),
        bars=count_bars(Counter(entry.outcome for entry in entries).most_common(), n),
        rows=_rows(entries),
    )
