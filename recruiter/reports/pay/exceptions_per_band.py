"""Exceptions above the band: by band, role and hiring manager, how far above, what was decided and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import false, select

from recruiter.budget.models import BudgetCase
from recruiter.budget.register import register_queries
from recruiter.budget.register.register_queries import Entry
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.types import Asked, Bar, Cell, Column, Figure, Report

KINDS: tuple[tuple[str, Callable[[Entry], str]], ...] = (
    ("Band", lambda one: one.band),
    ("Role", lambda one: one.role),
    ("Hiring manager", lambda one: one.manager),
)


def _register(asked: Asked) -> register_queries.Register:
    """The register of these searches, empty for who does not see pay. Two statements."""
    cases = (
        select(BudgetCase.id)
        .join(Offer, Offer.id == BudgetCase.offer_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Application.requisition_id.in_(asked.within) if asked.pay else false())
    )
    return register_queries.of(asked.session, within=cases, now=asked.now)


def _above(one: Entry) -> float | None:
    """How far the base that was asked for lies above the top of the band, in per cent of the top."""
    if one.top is None or one.top.currency != one.asked.currency or not one.top.amount:
        return None
    return 100 * (one.asked.amount - one.top.amount) / one.top.amount


def _median(entries: Sequence[Entry]) -> float | None:
    half = rules.middle([above for one in entries if (above := _above(one)) is not None])
    return round(half, 1) if half is not None else None


def _granted(entries: Sequence[Entry]) -> int:
    return sum(one.granted is not None for one in entries)


def _became(entries: Sequence[Entry]) -> str:
    """“2 accepted, 1 declined anyway”: what became of those that were approved."""
    counts = Counter(one.became for one in entries if one.granted is not None)
    return ", ".join(f"{count} {words[:1].lower()}{words[1:]}" for words, count in counts.most_common())


def _rows(entries: Sequence[Entry]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each band, each role and each manager, those with most cases first."""
    out: list[tuple[Cell, ...]] = []
    for kind, name_of in KINDS:
        by: dict[str, list[Entry]] = defaultdict(list)
        for one in entries:
            by[name_of(one)].append(one)
        for name, found in sorted(by.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            granted = _granted(found)
            row = (kind, name, len(found), granted, len(found) - granted, _median(found), _became(found))
            out.append(row)
    return tuple(out)


def _finding(entries: Sequence[Entry], bands: Counter[str]) -> str:
    if not entries:
        return "No case above a band was decided."
    said = f"{rules.share(_granted(entries), len(entries))} cases above a band were approved"
    if not bands:
        return f"{said}."
    name, count = bands.most_common(1)[0]
    return f"{said}; the band that was exceeded most often: {name} ({count})."


def report(asked: Asked) -> Report:
    """What was decided above the band in the period, by band, role and hiring manager. Two statements; only for who sees pay."""
    register = _register(asked)
    entries = [one for one in register.entries if one.decided_at >= asked.start]
    n, half = len(entries), _median(entries)
    bands = Counter(one.band for one in entries if one.approved)
    review = [one.name for one in register.by_band if one.review]
    became = Counter(one.became for one in entries)
    return Report(
        name="exceptions-per-band",
        title="Exceptions per band",
        question="Which bands are exceeded, by how much, and what became of it?",
        finding=_finding(entries, bands) if asked.pay else "This report tells of pay. People who see pay can read it.",
        n=n,
        counted=rules.plural(n, "case") + " decided",
        caution=rules.caution(n, one="case decided", many="cases decided"),
        figures=(
            Figure("Cases above the band that were approved", rules.share(_granted(entries), n)),
            Figure("Asked above the top of the band, half at most", f"{half:.1f}%" if half is not None else "none", f"n = {n}"),
            Figure(
                "Bands to review",
                str(len(review)),
                ", ".join(review) or f"none was exceeded {register_queries.REVIEW} times in 12 months",
            ),
        ),
        chart="What became of the cases",
        bars=tuple(Bar(words, count, str(count), n or None) for words, count in became.most_common()),
        columns=(
            Column("by", "By"),
            Column("name", "Which"),
            Column("cases", "Cases decided", figures=True),
            Column("approved", "Approved", figures=True),
            Column("refused", "Refused", figures=True),
            Column("median_excess_percent", "Asked above the top, median %", figures=True),
            Column("became", "What became of the approved"),
        ),
        rows=_rows(entries),
        rules=(
            "A case counts on the day on which it was approved or refused. Drafts, cases that wait and cases taken back are not counted.",
            "Each case stands in three rows: that of its band, of its role and of its hiring manager.",
            "The excess is what was asked above the top of the band, in per cent of the top, so that no currencies are added.",
            "The register of budget cases lists each case by itself.",
        ),
    )  # fmt: skip
