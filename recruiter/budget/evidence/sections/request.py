"""The request: offer, band, excess, what it costs once and each year, by when and why by then."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import writer_facts
from recruiter.budget.content_check import check, quotations
from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.figures import compensation_package, exchange_rates, record
from recruiter.budget.evidence.types import CaseContext, Evidence, Figure, SectionEvidence, iso_date, long_date, percent
from recruiter.foundation.money import Money

FIX_THE_BAND = {
    "mislevelled": "Where the role is levelled too low, the first answer is to level it anew; this request bridges the time until then.",
    "market_moved": "Where the market has moved, the first answer is to review the band; this request bridges the time until then.",
}


def deadline_reason(context: CaseContext) -> tuple[str, dt.date] | None:
    """The date on record that makes the request urgent: another employer's decision, else the end of our own offer."""
    decides = record.decides_on(context, context.application.id)
    if decides is not None:
        return "Another employer's process comes to its decision on", decides
    if context.offer.expires_on is not None:
        return "Our own offer ends on", context.offer.expires_on
    return None


def _costs(context: CaseContext, package: compensation_package.Package) -> list[Evidence]:
    currency, source = context.case.currency, f"Terms of the offer, version {context.offer.terms_version}"
    on_cost, origin = compensation_package.on_cost(context)
    evidence = []
    for amount, purpose in ((package.variable, "as target variable pay each year"), (package.sign_on, "once as a sign-on payment")):  # fmt: skip
        if amount:
            evidence.append(Evidence(f"{format_amount(Money(amount, currency))} {purpose}.", source))
    if context.offer.equity:
        priced = (
            f", put at {format_amount(Money(package.equity, currency))} a year" if package.equity else ", not priced"
        )
        equity = quotations.LEFT_OUT if check.is_blocked(context.offer.equity) else context.offer.equity
        evidence.append(Evidence(f"Equity: {equity}{priced}.", source))
    once = f" + sign-on {format_amount(Money(package.sign_on, currency))}" if package.sign_on else ""
    rate = f"Run rate = base {format_amount(Money(package.base, currency))} + variable {format_amount(Money(package.variable, currency))} + equity {format_amount(Money(package.equity, currency))} + on-cost of {on_cost} % of base and variable = {format_amount(Money(package.run_rate, currency))} a year."
    first = f"First year = run rate{once}{' with its on-cost' if once else ''} = {format_amount(Money(package.first_year, currency))}."
    evidence.append(Evidence(f"Employer on-cost is {on_cost} % of pay ({origin}).", f"Assumption: {origin}"))
    evidence += [Evidence(statement, "Computed from the terms and the on-cost") for statement in (rate, first)]
    return evidence


def _written_facts(context: CaseContext) -> tuple[list[Evidence], str]:
    texts, source = context.case.texts, f"Case {context.case.number}, as its writer told it"
    evidence, by, remark = [], context.case.requested_by.name, ""
    kind = writer_facts.given(texts, "kind")
    if kind:
        evidence.append(Evidence(f"Kind of request: {writer_facts.KINDS[kind].lower()}.", source, by=by))
        remark = f" {FIX_THE_BAND[kind]}" if kind in FIX_THE_BAND else ""
    budget_line = writer_facts.given(texts, "budget_line")
    if budget_line:
        evidence.append(Evidence(f"Budget line: {budget_line}.", source, by=by))
    return evidence, remark


def collect(context: CaseContext) -> SectionEvidence:
    """What is asked for, in one sentence and its figures."""
    case, band, currency = context.case, context.band, context.case.currency
    package = compensation_package.requested_package(context)
    yearly_excess, loaded = (
        Money(context.excess.amount * context.periods, currency),
        compensation_package.excess_each_year(context),
    )
    once = Money(package.sign_on, currency)
    above = f"{format_amount(context.excess)} ({percent(context.excess.amount, band.max)}) above the top of the band"
    limits = f"{format_amount(Money(band.min, currency))} to {format_amount(Money(band.max, currency))}"
    text = f"Approve a base of {format_amount(context.ask)} a {band.interval}, {above}, by {long_date(case.needed_by)}."
    text += f" It costs {format_amount(yearly_excess)} more each year than the top of the band"
    text += f", {format_amount(Money(loaded, currency))} with the employer's on-cost"
    text += f", and {format_amount(once)} once as a sign-on payment." if once.amount else "; nothing is paid once."
    evidence = [
        Evidence(
            f"A base of {format_amount(context.ask)} a {band.interval} is asked for.",
            f"Case {case.number}",
            by=case.requested_by.name,
            at=iso_date(case.created_at),
        ),
        Evidence(
            f"The approved band is {limits} a {band.interval}.",
            f"Pay band of {context.requisition.key}",
            at=iso_date(band.approved_on) if band.approved_on else None,
        ),
        Evidence(f"The request is {above}.", f"Case {case.number} and the pay band of {context.requisition.key}"),
    ]
    evidence += [
        Evidence(formula, f"Pay band of {context.requisition.key}")
        for formula in compensation_package.formulas(context)
    ]
    evidence += _costs(context, package)
    written_evidence, extra = _written_facts(context)
    rate_evidence, rate_figures = exchange_rates.claims(context)
    other = context.offer.currency
    not_summed = (
        other in exchange_rates.foreign_currencies(context)
        and exchange_rates.converted(context, Money(0, other)) is None
    )
    extra += f" {exchange_rates.not_summed_note(other, case.texts)}" if not_summed else ""
    before = compensation_package.band_top_package(context)
    differences = [
        Money(amount, currency)
        for amount in (package.first_year - before.first_year, package.run_rate - before.run_rate)
    ]
    sentence_of_budget, budget_figures = exchange_rates.budget_currency_costs(context, *differences)
    extra += sentence_of_budget
    evidence, text = evidence + rate_evidence + written_evidence, text + extra
    if (reason := deadline_reason(context)) is not None:
        cause, day = reason
        evidence.append(
            Evidence(f"{cause} {long_date(day)}.", "Competing processes and offer on record", at=iso_date(day))
        )
        text += f" {cause} {long_date(day)}."
    figures = (
        *_figures(context, package, yearly_excess.amount, loaded),
        *rate_figures,
        *budget_figures,
        *_figures_not_summed(context, present=not_summed),
    )
    return SectionEvidence(text, tuple(evidence), figures, is_complete=True)


def _comparison_figures(context: CaseContext, package: compensation_package.Package) -> list[Figure]:
    """What is approved beside what is asked for, and the difference."""
    top_package, currency = compensation_package.band_top_package(context), context.case.currency
    rows = (
        ("Base of a year", top_package.base, package.base),
        ("Target variable of a year", top_package.variable, package.variable),
        ("Equity of a year", top_package.equity, package.equity),
        (
            "On-cost of a year",
            top_package.on_cost_of(top_package.base + top_package.variable),
            package.on_cost_of(package.base + package.variable),
        ),
        ("Sign-on with on-cost, once", 0, package.sign_on + package.on_cost_of(package.sign_on)),
        ("First year, all in", top_package.first_year, package.first_year),
        ("Run rate each year", top_package.run_rate, package.run_rate),
    )
    figures = []
    for label, approved, requested in rows:
        figures += [
            Figure(f"{label}, approved", approved, currency),
            Figure(f"{label}, difference", requested - approved, currency),
        ]
    return figures


def _figures_not_summed(context: CaseContext, *, present: bool) -> list[Figure]:
    """Amounts of the offer that are in no sum, in their own currency."""
    rows = (("Target variable of a year, apart", context.offer.bonus), ("Paid once, apart", context.offer.sign_on))
    return [Figure(label, amount, context.offer.currency) for label, amount in rows if present and amount]


def _figures(
    context: CaseContext, package: compensation_package.Package, yearly: int, loaded: int
) -> tuple[Figure, ...]:
    currency, share = context.case.currency, compensation_package.penetration(context)
    figures = [
        Figure("Asked base", context.ask.amount, currency),
        Figure("Band minimum", context.band.min, currency),
        Figure("Band midpoint", context.middle.amount, currency),
        Figure("Band maximum", context.band.max, currency),
        Figure("Excess", context.excess.amount, currency),
        Figure("Excess each year", yearly, currency),
        Figure("Paid once", package.sign_on, currency),
        Figure("First year above the band", yearly + package.sign_on, currency),
        Figure("Excess each year with on-cost", loaded, currency),
        Figure("Base of a year", package.base, currency),
        Figure("Target variable of a year", package.variable, currency),
        Figure("Equity of a year", package.equity, currency),
        Figure("On-cost of a year", package.on_cost_of(package.base + package.variable), currency),
        Figure("Run rate each year", package.run_rate, currency),
        Figure("First year, all in", package.first_year, currency),
        Figure("Sign-on with on-cost, once", package.sign_on + package.on_cost_of(package.sign_on), currency),
        Figure("Employer on-cost, % of pay", package.on_cost, "count"),
        *_comparison_figures(context, package),
        Figure("Compa-ratio", round(float(compensation_package.compa_ratio(context)), 4), "ratio"),
    ]
    if share is not None:
        figures.append(Figure("Range penetration", round(float(share), 4), "ratio"))
    return tuple(figures)
