"""Pay fairness: what the offer would mean for people of the same role, level and place, in counts and ratios of at least five, and what a remedy costs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from recruiter.budget import quotations, writer_facts
from recruiter.budget.evidence.figures import compensation_package, record
from recruiter.budget.evidence.figures.record import OfferRecord
from recruiter.budget.evidence.types import CaseContext, SectionEvidence, rounded_ratio
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.money import quotient
from recruiter.foundation.wording import plural
from recruiter.offers.models import OfferStatus

FEWEST = 5
TOLERANCE = 10
CYCLE = 6
MONTHS = 12
BRIEF = 400  # characters


@dataclass(frozen=True)
class Comparison:
    """The request against bases of the same level: how many, how many below, how many far below, the ratio, the price of a remedy."""

    n: int
    below: int
    far_below: int
    ratio: float
    remedy: int


def compare_pay(ask: int, bases: list[int]) -> Comparison | None:
    """None for fewer than five people. Far below is more than 10 % below; a remedy lifts those to 10 % below the request."""
    if len(bases) < FEWEST:
        return None
    threshold = ask * (100 - TOLERANCE)
    far_below = [base for base in bases if base * 100 < threshold]
    remedy = sum(-(-(threshold - base * 100) // 100) for base in far_below)
    return Comparison(len(bases), sum(1 for base in bases if base < ask), len(far_below), ask / median(bases), remedy)


def compa_ratios(peers: list[OfferRecord]) -> tuple[float, float, float] | None:
    """Lowest, median and highest compa-ratio, each base over the midpoint of its own band; None for fewer than five people."""
    ratios = sorted(peer.base / peer.middle for peer in peers if peer.middle)
    return (ratios[0], median(ratios), ratios[-1]) if len(ratios) >= FEWEST else None


def _same(text: str, other: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(other.split()).casefold()


def _peers(context: CaseContext) -> list[OfferRecord]:
    """Accepted offers in the currency and interval of the band, of people who have not left, without the candidate's own.

    Amounts of other currencies are never compared.
    """
    return [
        offer
        for offer in record.offer_records(context)
        if offer.status == OfferStatus.ACCEPTED
        and offer.accepted_at is not None
        and offer.accepted_at <= context.now
        and offer.currency == context.case.currency
        and offer.interval == context.band.interval
        and offer.application_id != context.application.id
        and not offer.left
    ]


def group_of(context: CaseContext) -> tuple[str, list[OfferRecord]]:
    """The narrowest group of at least five: same role, level and place; else roles merged; else places too. The last where all are small."""
    here = context.requisition
    level = f"level {here.level}" if here.level else "this role"
    same_level = [peer for peer in _peers(context) if _same(peer.level, here.level)]
    if not here.level:
        same_level = [peer for peer in same_level if _same(peer.title, here.title)]
    same_place = [peer for peer in same_level if _same(peer.location, here.location)]
    same_role = [peer for peer in same_place if _same(peer.title, here.title)]
    groups = [
        (f"the same role, {level} and place", same_role),
        (f"{level} and the same place, roles merged", same_place),
        (f"{level}, roles and places merged", same_level),
    ]
    return next((group for group in groups if len(group[1]) >= FEWEST), groups[-1])


def collect(context: CaseContext) -> SectionEvidence:
    """Counts and ratios, never a person and never fewer than five."""
    group, peers = group_of(context)
    others = sorted({offer.currency for offer in record.offer_records(context) if offer.status == OfferStatus.ACCEPTED and not offer.left} - {context.case.currency})  # fmt: skip
    remedy = writer_facts.given(context.case.texts, "remedy")
    plan = [context.writer_claim(f"Remedy: {remedy}")] if remedy else []
    remarks = f" Accepted offers in {', '.join(others)} are not compared with it." if others else ""
    if remedy:  # as the writer says it, for the two pages that everybody reads; the whole stands in the annex
        remarks += f" What will be done: {quotations.shortened(' '.join(remedy.split()), BRIEF)}"
    comparison = compare_pay(context.case.ask, [peer.base for peer in peers])
    source, until = f"Accepted offers of {group}", f"until {context.iso_date(context.now)}"
    if comparison is None:
        too_few = f"Fewer than {FEWEST} accepted offers of {group} are on record, so no comparison is shown."
        evidence = [Claim(too_few, source, period=until), *plan]
        return SectionEvidence(too_few + remarks, evidence, is_complete=bool(plan))
    below = f"{comparison.below} of {plural(comparison.n, 'person', 'people')} of {group} would be paid less than this offer, {comparison.far_below} of them by more than {TOLERANCE} %."
    ratio = f"The request is {comparison.ratio:.2f} times their median base."
    evidence = [Claim(statement, source, count=comparison.n, period=until) for statement in (below, ratio)]
    spread = compa_ratios(peers)
    if spread is not None:
        own_ratio = float(compensation_package.compa_ratio(context))
        statement = f"Their compa-ratio runs from {spread[0]:.2f} to {spread[2]:.2f}, median {spread[1]:.2f}; the request has {own_ratio:.2f}."
        evidence.append(Claim(statement, f"{source} and their bands", count=comparison.n, period=until))
    price, remedy_figures = _remedy(context, comparison)
    evidence += [Claim(statement, source, count=comparison.n) for statement in price] + plan
    group_median = median(peer.base for peer in peers)
    to_median = rounded_ratio(Fraction(context.case.ask) / Fraction(group_median))
    formula = "ROUND([asked_base]/[median_base_of_the_group],4)" if group_median == round(group_median) else ""
    figures = [
        Amount("People compared", comparison.n, "count"),
        Amount("Paid less than the request", comparison.below, "count"),
        Amount(f"Paid more than {TOLERANCE} % less", comparison.far_below, "count"),
        context.figure("Median base of the group", round(group_median)),
        Amount("Request to median", to_median, "ratio", formula=formula),
    ]
    if spread is not None:
        names = ("Compa-ratio, lowest", "Compa-ratio, median", "Compa-ratio, highest")
        figures += [Amount(name, round(value, 4), "ratio") for name, value in zip(names, spread, strict=True)]
    is_complete = not comparison.far_below or bool(plan)
    return SectionEvidence(" ".join([below, ratio, *price]) + remarks, evidence, figures + remedy_figures, is_complete)


def _remedy(context: CaseContext, comparison: Comparison) -> tuple[list[str], list[Amount]]:
    """The remedy each year with on-cost, and in the next twelve months where it comes at the next pay cycle."""
    yearly = comparison.remedy * context.periods
    loaded_cost = compensation_package.with_on_cost(context, yearly)
    written_months = writer_facts.whole_number(context.case.texts, "cycle_months")
    months = CYCLE if written_months is None else written_months
    later_cost = quotient(loaded_cost * max(MONTHS - months, 0), MONTHS)
    loaded = f"[remedy_each_year]+ROUND([remedy_each_year]*[employer_on_cost_of_pay]/100,{context.digits})"
    now, months_left = "[remedy_now_with_on_cost_next_12_months]", "MAX(12-[months_until_the_next_pay_cycle],0)"
    later = f"ROUND({now}*{months_left}/12,{context.digits})"
    figures = [
        Amount("Months until the next pay cycle", months, "count"),
        context.figure("Remedy each year", yearly),
        context.figure("Remedy now, with on-cost, next 12 months", loaded_cost, loaded),
        context.figure("Remedy at the next pay cycle, next 12 months", later_cost, later),
    ]
    if not comparison.far_below:
        return [], figures
    yearly_text, loaded_text, later_text = map(context.show, (yearly, loaded_cost, later_cost))
    cost_sentence = f"To bring those {comparison.far_below} to within {TOLERANCE} % would cost {yearly_text} a year, {loaded_text} with on-cost."
    timing_sentence = f"Done now it costs {loaded_text} in the next 12 months; at the next pay cycle, in {plural(months, 'month')}, {later_text}."
    return [cost_sentence, timing_sentence], figures
