"""The request: offer, band, excess, what it costs once and each year, by when and why by then."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import writer_facts
from recruiter.budget.content_check import check, quotations
from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.figures import compensation_package, exchange_rates, record
from recruiter.budget.evidence.types import CaseContext, SectionEvidence, percent, rounded_ratio, times
from recruiter.documents.model import Amount, Claim, key_of
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


def _costs(context: CaseContext, package: compensation_package.Package) -> list[Claim]:
    currency, source = context.case.currency, f"Terms of the offer, version {context.offer.terms_version}"
    on_cost, origin = compensation_package.on_cost(context)
    evidence = []
    for amount, purpose in ((package.variable, "as target variable pay each year"), (package.sign_on, "once as a sign-on payment")):  # fmt: skip
        if amount:
            evidence.append(Claim(f"{format_amount(Money(amount, currency))} {purpose}.", source))
    if context.offer.equity:
        priced = (
            f", put at {format_amount(Money(package.equity, currency))} a year" if package.equity else ", not priced"
        )
        equity = quotations.LEFT_OUT if check.is_blocked(context.offer.equity) else context.offer.equity
        evidence.append(Claim(f"Equity: {equity}{priced}.", source))
    once = f" + sign-on {format_amount(Money(package.sign_on, currency))}" if package.sign_on else ""
    rate = f"Run rate = base {format_amount(Money(package.base, currency))} + variable {format_amount(Money(package.variable, currency))} + equity {format_amount(Money(package.equity, currency))} + on-cost of {on_cost} % of base and variable = {format_amount(Money(package.run_rate, currency))} a year."
    first = f"First year = run rate{once}{' with its on-cost' if once else ''} = {format_amount(Money(package.first_year, currency))}."
    evidence.append(Claim(f"Employer on-cost is {on_cost} % of pay ({origin}).", f"Assumption: {origin}"))
    evidence += [Claim(statement, "Computed from the terms and the on-cost") for statement in (rate, first)]
    return evidence


def _written_facts(context: CaseContext) -> tuple[list[Claim], str]:
    texts, source = context.case.texts, f"Case {context.case.number}, as its writer told it"
    evidence, by, remark = [], context.case.requested_by.name, ""
    kind = writer_facts.given(texts, "kind")
    if kind:
        evidence.append(Claim(f"Kind of request: {writer_facts.KINDS[kind].lower()}.", source, by=by))
        remark = f" {FIX_THE_BAND[kind]}" if kind in FIX_THE_BAND else ""
    budget_line = writer_facts.given(texts, "budget_line")
    if budget_line:
        evidence.append(Claim(f"Budget line: {budget_line}.", source, by=by))
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
    text = f"Approve a base of {format_amount(context.ask)} a {band.interval}, {above}, by {context.long_date(case.needed_by)}."
    text += f" It costs {format_amount(yearly_excess)} more each year than the top of the band"
    text += f", {format_amount(Money(loaded, currency))} with the employer's on-cost"
    text += f", and {format_amount(once)} once as a sign-on payment." if once.amount else "; nothing is paid once."
    evidence = [
        Claim(
            f"A base of {format_amount(context.ask)} a {band.interval} is asked for.",
            f"Case {case.number}",
            by=case.requested_by.name,
            at=context.iso_date(case.created_at),
        ),
        Claim(
            f"The approved band is {limits} a {band.interval}.",
            f"Pay band of {context.requisition.key}",
            at=context.iso_date(band.approved_on) if band.approved_on else None,
        ),
        Claim(f"The request is {above}.", f"Case {case.number} and the pay band of {context.requisition.key}"),
    ]
    evidence += [
        Claim(formula, f"Pay band of {context.requisition.key}") for formula in compensation_package.formulas(context)
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
            Claim(
                f"{cause} {context.long_date(day)}.",
                "Competing processes and offer on record",
                at=context.iso_date(day),
            )
        )
        text += f" {cause} {context.long_date(day)}."
    figures = (
        *_figures(context, package, yearly_excess.amount, loaded),
        *rate_figures,
        *budget_figures,
        *_figures_not_summed(context, present=not_summed),
    )
    return SectionEvidence(text, tuple(evidence), figures, is_complete=True)


def _formulas(context: CaseContext, suffix: str = "") -> dict[str, str]:
    """How the figures of a package follow from others, by the keys of those that are asked for; `suffix` names another package."""
    base, digits = "band_maximum" if suffix else "asked_base", context.digits
    pay = f"([base_of_a_year{suffix}]+[target_variable_of_a_year{suffix}])"
    on_cost = "[employer_on_cost_of_pay]/100"
    formulas = {
        "base_of_a_year": times(base, context.periods),
        "on_cost_of_a_year": f"ROUND({pay}*{on_cost},{digits})",
        "first_year_all_in": f"[run_rate_each_year{suffix}]+[sign_on_with_on_cost_once{suffix}]",
        "run_rate_each_year": f"[base_of_a_year{suffix}]+[target_variable_of_a_year{suffix}]+[equity_of_a_year{suffix}]+[on_cost_of_a_year{suffix}]",
    }
    if suffix:
        same = {key: f"[{key}]" for key in ("target_variable_of_a_year", "equity_of_a_year")}
        return formulas | same
    return formulas | {"sign_on_with_on_cost_once": f"[paid_once]+ROUND([paid_once]*{on_cost},{digits})"}


def _comparison_figures(context: CaseContext, requested: list[Amount]) -> list[Amount]:
    """What is approved beside what is asked for, and the difference."""
    package, formulas = compensation_package.band_top_package(context), _formulas(context, "_approved")
    approved = {key: value for key, _, value in _package_rows(package)}
    figures = []
    for key in COMPARED:
        figure = next(figure for figure in requested if figure.key == key)
        label, before, unit = figure.label, approved[key], figure.unit
        figures += [
            Amount(f"{label}, approved", before, unit, formula=formulas.get(key, "")),
            Amount(f"{label}, difference", figure.value - before, unit, formula=f"[{key}]-[{key}_approved]"),
        ]
    return figures


def _figures_not_summed(context: CaseContext, *, present: bool) -> list[Amount]:
    """Amounts of the offer that are in no sum, in their own currency."""
    rows = (("Target variable of a year, apart", context.offer.bonus), ("Paid once, apart", context.offer.sign_on))
    return [Amount(label, amount, context.offer.currency) for label, amount in rows if present and amount]


def _package_rows(package: compensation_package.Package) -> tuple[tuple[str, str, int], ...]:
    """The figures of a package: key, label, minor units."""
    rows = (
        ("Base of a year", package.base),
        ("Target variable of a year", package.variable),
        ("Equity of a year", package.equity),
        ("On-cost of a year", package.on_cost_of(package.base + package.variable)),
        ("Run rate each year", package.run_rate),
        ("First year, all in", package.first_year),
        ("Sign-on with on-cost, once", package.sign_on + package.on_cost_of(package.sign_on)),
    )
    return tuple((key_of(label), label, value) for label, value in rows)


def _figures(
    context: CaseContext, package: compensation_package.Package, yearly: int, loaded: int
) -> tuple[Amount, ...]:
    currency, penetration = context.case.currency, compensation_package.penetration(context)
    formulas = _formulas(context)
    on_cost = f"ROUND([excess_each_year]*[employer_on_cost_of_pay]/100,{context.digits})"
    requested = [
        Amount(label, value, currency, key, formulas.get(key, "")) for key, label, value in _package_rows(package)
    ]
    ratios = (
        ("Compa-ratio", compensation_package.compa_ratio(context), "[asked_base]/[band_midpoint]"),
        ("Range penetration", penetration, "([asked_base]-[band_minimum])/([band_maximum]-[band_minimum])"),
    )
    return (
        Amount("Asked base", context.ask.amount, currency),
        Amount("Band minimum", context.band.min, currency),
        Amount("Band midpoint", context.middle.amount, currency),
        Amount("Band maximum", context.band.max, currency),
        Amount("Excess", context.excess.amount, currency, formula="[asked_base]-[band_maximum]"),
        Amount("Excess each year", yearly, currency, formula=times("excess", context.periods)),
        Amount("Paid once", package.sign_on, currency),
        Amount(
            "First year above the band", yearly + package.sign_on, currency, formula="[excess_each_year]+[paid_once]"
        ),
        Amount("Excess each year with on-cost", loaded, currency, formula=f"[excess_each_year]+{on_cost}"),
        *requested,
        Amount("Employer on-cost, % of pay", package.on_cost, "count"),
        *_comparison_figures(context, requested),
        *(
            Amount(label, rounded_ratio(ratio), "ratio", formula=f"ROUND({formula},4)")
            for label, ratio, formula in ratios
            if ratio is not None
        ),
    )
