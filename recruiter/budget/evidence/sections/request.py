"""The request: offer, band, excess, what it costs once and each year, by when and why by then."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import quotations, writer_facts
from recruiter.budget.evidence.figures import compensation_package, exchange_rates, record
from recruiter.budget.evidence.figures.compensation_package import Package
from recruiter.budget.evidence.types import CaseContext, SectionEvidence, percent, rounded_ratio, times
from recruiter.documents.model import Amount, Claim, key_of
from recruiter.foundation.lexicon import check
from recruiter.foundation.money import Money

# The figures that stand beside what is approved, in the order of their table.
COMPARED = (
    "base_of_a_year",
    "target_variable_of_a_year",
    "equity_of_a_year",
    "on_cost_of_a_year",
    "sign_on_with_on_cost_once",
    "first_year_all_in",
    "run_rate_each_year",
)
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


def _costs(context: CaseContext, package: Package) -> list[Claim]:
    source, show = f"Terms of the offer, version {context.offer.terms_version}", context.show
    on_cost, origin = compensation_package.on_cost(context)
    evidence = []
    if package.variable:
        evidence.append(Claim(f"{show(package.variable)} as target variable pay each year.", source))
    if package.sign_on:
        evidence.append(Claim(f"{show(package.sign_on)} once as a sign-on payment.", source))
    if context.offer.equity:
        priced = f", put at {show(package.equity)} a year" if package.equity else ", not priced"
        equity = quotations.LEFT_OUT if check.is_blocked(context.offer.equity) else context.offer.equity
        evidence.append(Claim(f"Equity: {equity}{priced}.", source))
    once = f" + sign-on {show(package.sign_on)} with its on-cost" if package.sign_on else ""
    rate = f"Run rate = base {show(package.base)} + variable {show(package.variable)} + equity {show(package.equity)} + on-cost of {on_cost} % of base and variable = {show(package.run_rate)} a year."
    first = f"First year = run rate{once} = {show(package.first_year)}."
    evidence.append(Claim(f"Employer on-cost is {on_cost} % of pay ({origin}).", f"Assumption: {origin}"))
    evidence += [Claim(statement, "Computed from the terms and the on-cost") for statement in (rate, first)]
    return evidence


def _written_facts(context: CaseContext) -> tuple[list[Claim], str]:
    """What its writer told of the request, and what is remarked on its kind."""
    kind, budget_line = (writer_facts.given(context.case.texts, name) for name in ("kind", "budget_line"))
    statements = [f"Kind of request: {writer_facts.KINDS[kind].lower()}."] if kind else []
    statements += [f"Budget line: {budget_line}."] if budget_line else []
    source, by = f"{context.own_source}, as its writer told it", context.case.requested_by.name
    remark = f" {FIX_THE_BAND[kind]}" if kind in FIX_THE_BAND else ""
    return [Claim(statement, source, by=by) for statement in statements], remark


def _not_summed(context: CaseContext) -> bool:
    """Whether amounts of the offer are in another currency, for which the case has no rate."""
    other = context.offer.currency
    foreign = other in exchange_rates.foreign_currencies(context)
    return foreign and exchange_rates.converted(context, Money(0, other)) is None


def collect(context: CaseContext) -> SectionEvidence:
    """What is asked for, in one sentence and its figures."""
    case, band, show, band_source = context.case, context.band, context.show, f"Pay band of {context.requisition.key}"
    package, before = compensation_package.requested_package(context), compensation_package.band_top_package(context)
    excess, loaded = compensation_package.yearly_excess(context), compensation_package.excess_each_year(context)
    above = f"{show(context.excess.amount)} ({percent(context.excess.amount, band.max)}) above the top of the band"
    text = f"Approve a base of {show(case.ask)} a {band.interval}, {above}, by {context.long_date(case.needed_by)}."
    text += f" It costs {show(excess)} more each year than the top of the band"
    text += f", {show(loaded)} with the employer's on-cost"
    text += (
        f", and {show(package.sign_on)} once as a sign-on payment." if package.sign_on else "; nothing is paid once."
    )
    asked_for = f"A base of {show(case.ask)} a {band.interval} is asked for."
    limits = f"The approved band is {show(band.min)} to {show(band.max)} a {band.interval}."
    own_source, requester = context.own_source, case.requested_by.name
    rate_evidence, rate_figures = exchange_rates.claims(context)
    written_evidence, remark = _written_facts(context)
    evidence = [
        context.claim(asked_for, own_source, by=requester, at=case.created_at),
        context.claim(limits, band_source, at=band.approved_on),
        Claim(f"The request is {above}.", f"{own_source} and the pay band of {context.requisition.key}"),
        *(Claim(formula, band_source) for formula in compensation_package.formulas(context)),
        *_costs(context, package),
        *rate_evidence,
        *written_evidence,
    ]
    text += remark
    apart = _not_summed(context)
    text += f" {exchange_rates.not_summed_note(context.offer.currency, case.texts)}" if apart else ""
    first_year = Money(package.first_year - before.first_year, case.currency)
    run_rate = Money(package.run_rate - before.run_rate, case.currency)
    sentence_of_budget, budget_figures = exchange_rates.budget_currency_costs(context, first_year, run_rate)
    text += sentence_of_budget
    if (reason := deadline_reason(context)) is not None:
        cause, day = reason
        statement = f"{cause} {context.long_date(day)}."
        evidence.append(context.claim(statement, "Competing processes and offer on record", at=day))
        text += f" {statement}"
    figures = [*_figures(context, package, before), *rate_figures, *budget_figures]
    figures += _figures_not_summed(context) if apart else []
    return SectionEvidence(text, evidence, figures, is_complete=True)


def _package_figures(context: CaseContext, package: Package, suffix: str = "") -> dict[str, Amount]:
    """The figures of a package and how they follow from others, by the keys of the request; `suffix` names the approved one."""
    digits, on_cost = context.digits, "[employer_on_cost_of_pay]/100"
    pay = f"([base_of_a_year{suffix}]+[target_variable_of_a_year{suffix}])"
    run_rate = f"[base_of_a_year{suffix}]+[target_variable_of_a_year{suffix}]+[equity_of_a_year{suffix}]+[on_cost_of_a_year{suffix}]"
    first_year = f"[run_rate_each_year{suffix}]+[sign_on_with_on_cost_once{suffix}]"
    rows = (
        ("Base of a year", package.base, times("band_maximum" if suffix else "asked_base", context.periods)),
        ("Target variable of a year", package.variable, "[target_variable_of_a_year]" if suffix else ""),
        ("Equity of a year", package.equity, "[equity_of_a_year]" if suffix else ""),
        ("On-cost of a year", package.on_cost_of(package.base + package.variable), f"ROUND({pay}*{on_cost},{digits})"),
        ("Run rate each year", package.run_rate, run_rate),
        ("First year, all in", package.first_year, first_year),
        (
            "Sign-on with on-cost, once",
            package.sign_on + package.on_cost_of(package.sign_on),
            "" if suffix else f"[paid_once]+ROUND([paid_once]*{on_cost},{digits})",
        ),
    )
    called = "{}, approved" if suffix else "{}"
    return {key_of(label): context.figure(called.format(label), value, formula) for label, value, formula in rows}


def _comparison_figures(context: CaseContext, requested: dict[str, Amount], before: Package) -> list[Amount]:
    """What is approved beside what is asked for, and the difference."""
    approved, figures = _package_figures(context, before, "_approved"), []
    for key in COMPARED:
        difference = int(requested[key].value - approved[key].value)
        label = f"{requested[key].label}, difference"
        figures += [approved[key], context.figure(label, difference, f"[{key}]-[{key}_approved]")]
    return figures


def _figures_not_summed(context: CaseContext) -> list[Amount]:
    """Amounts of the offer that are in no sum, in their own currency."""
    rows = (("Target variable of a year, apart", context.offer.bonus), ("Paid once, apart", context.offer.sign_on))
    return [Amount(label, amount, context.offer.currency) for label, amount in rows if amount]


def _figures(context: CaseContext, package: Package, before: Package) -> list[Amount]:
    figure, requested = context.figure, _package_figures(context, package)
    yearly, loaded = compensation_package.yearly_excess(context), compensation_package.excess_each_year(context)
    on_cost = f"[excess_each_year]+ROUND([excess_each_year]*[employer_on_cost_of_pay]/100,{context.digits})"
    first_year = "[excess_each_year]+[paid_once]"
    ratios = (
        ("Compa-ratio", compensation_package.compa_ratio(context), "[asked_base]/[band_midpoint]"),
        (
            "Range penetration",
            compensation_package.penetration(context),
            "([asked_base]-[band_minimum])/([band_maximum]-[band_minimum])",
        ),
    )
    return [
        figure("Asked base", context.case.ask),
        figure("Band minimum", context.band.min),
        figure("Band midpoint", context.middle.amount),
        figure("Band maximum", context.band.max),
        figure("Excess", context.excess.amount, "[asked_base]-[band_maximum]"),
        figure("Excess each year", yearly, times("excess", context.periods)),
        figure("Paid once", package.sign_on),
        figure("First year above the band", yearly + package.sign_on, first_year),
        figure("Excess each year with on-cost", loaded, on_cost),
        *requested.values(),
        Amount("Employer on-cost, % of pay", package.on_cost, "count"),
        *_comparison_figures(context, requested, before),
        *(
            Amount(label, rounded_ratio(ratio), "ratio", formula=f"ROUND({formula},4)")
            for label, ratio, formula in ratios
            if ratio is not None
        ),
    ]
