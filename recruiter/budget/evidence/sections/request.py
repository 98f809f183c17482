"""The request: offer, band, excess, what it costs once and each year, by when and why by then."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import writer_facts
from recruiter.budget.content_check import check, quotations
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import compensation_package, exchange_rates, record
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, iso, on, percent
from recruiter.foundation.money import Money

FIX_THE_BAND = {
    "mislevelled": "Where the role is levelled too low, the first answer is to level it anew; this request bridges the time until then.",
    "market_moved": "Where the market has moved, the first answer is to review the band; this request bridges the time until then.",
}


def why_then(ground: Ground) -> tuple[str, dt.date] | None:
    """The date on record that makes the request urgent: another employer's decision, else the end of our own offer."""
    decides = record.decides_on(ground, ground.application.id)
    if decides is not None:
        return "Another employer's process comes to its decision on", decides
    if ground.offer.expires_on is not None:
        return "Our own offer ends on", ground.offer.expires_on
    return None


def _costs(ground: Ground, whole: compensation_package.Package) -> list[Evidence]:
    currency, source = ground.case.currency, f"Terms of the offer, version {ground.offer.terms_version}"
    charge, origin = compensation_package.on_cost(ground)
    told = []
    for amount, words in ((whole.variable, "as target variable pay each year"), (whole.sign_on, "once as a sign-on payment")):  # fmt: skip
        if amount:
            told.append(Evidence(f"{said(Money(amount, currency))} {words}.", source))
    if ground.offer.equity:
        priced = f", put at {said(Money(whole.equity, currency))} a year" if whole.equity else ", not priced"
        equity = quotations.LEFT_OUT if check.is_blocked(ground.offer.equity) else ground.offer.equity
        told.append(Evidence(f"Equity: {equity}{priced}.", source))
    once = f" + sign-on {said(Money(whole.sign_on, currency))}" if whole.sign_on else ""
    rate = f"Run rate = base {said(Money(whole.base, currency))} + variable {said(Money(whole.variable, currency))} + equity {said(Money(whole.equity, currency))} + on-cost of {charge} % of base and variable = {said(Money(whole.run_rate, currency))} a year."
    first = (
        f"First year = run rate{once}{' with its on-cost' if once else ''} = {said(Money(whole.first_year, currency))}."
    )
    told.append(Evidence(f"Employer on-cost is {charge} % of pay ({origin}).", f"Assumption: {origin}"))
    told += [Evidence(words, "Computed from the terms and the on-cost") for words in (rate, first)]
    return told


def _told_by_writer(ground: Ground) -> tuple[list[Evidence], str]:
    texts, source = ground.case.texts, f"Case {ground.case.number}, as its writer told it"
    told, by, extra = [], ground.case.requested_by.name, ""
    kind = writer_facts.told(texts, "kind")
    if kind:
        told.append(Evidence(f"Kind of request: {writer_facts.KINDS[kind].lower()}.", source, by=by))
        extra = f" {FIX_THE_BAND[kind]}" if kind in FIX_THE_BAND else ""
    line = writer_facts.told(texts, "budget_line")
    if line:
        told.append(Evidence(f"Budget line: {line}.", source, by=by))
    return told, extra


def collect(ground: Ground) -> Part:
    """What is asked for, in one sentence and its figures."""
    case, band, currency = ground.case, ground.band, ground.case.currency
    whole = compensation_package.asked(ground)
    yearly, loaded = (
        Money(ground.excess.amount * ground.periods, currency),
        compensation_package.excess_each_year(ground),
    )
    once = Money(whole.sign_on, currency)
    above = f"{said(ground.excess)} ({percent(ground.excess.amount, band.max)}) above the top of the band"
    limits = f"{said(Money(band.min, currency))} to {said(Money(band.max, currency))}"
    text = f"Approve a base of {said(ground.ask)} a {band.interval}, {above}, by {on(case.needed_by)}."
    text += f" It costs {said(yearly)} more each year than the top of the band"
    text += f", {said(Money(loaded, currency))} with the employer's on-cost"
    text += f", and {said(once)} once as a sign-on payment." if once.amount else "; nothing is paid once."
    told = [
        Evidence(
            f"A base of {said(ground.ask)} a {band.interval} is asked for.",
            f"Case {case.number}",
            by=case.requested_by.name,
            at=iso(case.created_at),
        ),
        Evidence(
            f"The approved band is {limits} a {band.interval}.",
            f"Pay band of {ground.requisition.key}",
            at=iso(band.approved_on) if band.approved_on else None,
        ),
        Evidence(f"The request is {above}.", f"Case {case.number} and the pay band of {ground.requisition.key}"),
    ]
    told += [Evidence(one, f"Pay band of {ground.requisition.key}") for one in compensation_package.formulas(ground)]
    told += _costs(ground, whole)
    written, extra = _told_by_writer(ground)
    rate, rated = exchange_rates.claims(ground)
    other = ground.offer.currency
    standing_apart = other in exchange_rates.foreign(ground) and exchange_rates.turned(ground, Money(0, other)) is None
    extra += f" {exchange_rates.apart(other, case.texts)}" if standing_apart else ""
    before = compensation_package.approved(ground)
    more = [Money(one, currency) for one in (whole.first_year - before.first_year, whole.run_rate - before.run_rate)]
    there, budgeted = exchange_rates.of_the_budget(ground, *more)
    extra += there
    told, text = told + rate + written, text + extra
    if (reason := why_then(ground)) is not None:
        words, day = reason
        told.append(Evidence(f"{words} {on(day)}.", "Competing processes and offer on record", at=iso(day)))
        text += f" {words} {on(day)}."
    figures = (
        *_figures(ground, whole, yearly.amount, loaded),
        *rated,
        *budgeted,
        *_apart(ground, apart=standing_apart),
    )
    return Part(text, tuple(told), figures, whole=True)


def _compared(ground: Ground, whole: compensation_package.Package) -> list[Figure]:
    """What is approved beside what is asked for, and the difference."""
    now, currency = compensation_package.approved(ground), ground.case.currency
    rows = (
        ("Base of a year", now.base, whole.base),
        ("Target variable of a year", now.variable, whole.variable),
        ("Equity of a year", now.equity, whole.equity),
        ("On-cost of a year", now.charged(now.base + now.variable), whole.charged(whole.base + whole.variable)),
        ("Sign-on with on-cost, once", 0, whole.sign_on + whole.charged(whole.sign_on)),
        ("First year, all in", now.first_year, whole.first_year),
        ("Run rate each year", now.run_rate, whole.run_rate),
    )
    found = []
    for label, before, after in rows:
        found += [
            Figure(f"{label}, approved", before, currency),
            Figure(f"{label}, difference", after - before, currency),
        ]
    return found


def _apart(ground: Ground, *, apart: bool) -> list[Figure]:
    """Amounts of the offer that are in no sum, in their own currency."""
    rows = (("Target variable of a year, apart", ground.offer.bonus), ("Paid once, apart", ground.offer.sign_on))
    return [Figure(label, amount, ground.offer.currency) for label, amount in rows if apart and amount]


def _figures(ground: Ground, whole: compensation_package.Package, yearly: int, loaded: int) -> tuple[Figure, ...]:
    currency, share = ground.case.currency, compensation_package.penetration(ground)
    found = [
        Figure("Asked base", ground.ask.amount, currency),
        Figure("Band minimum", ground.band.min, currency),
        Figure("Band midpoint", ground.middle.amount, currency),
        Figure("Band maximum", ground.band.max, currency),
        Figure("Excess", ground.excess.amount, currency),
        Figure("Excess each year", yearly, currency),
        Figure("Paid once", whole.sign_on, currency),
        Figure("First year above the band", yearly + whole.sign_on, currency),
        Figure("Excess each year with on-cost", loaded, currency),
        Figure("Base of a year", whole.base, currency),
        Figure("Target variable of a year", whole.variable, currency),
        Figure("Equity of a year", whole.equity, currency),
        Figure("On-cost of a year", whole.charged(whole.base + whole.variable), currency),
        Figure("Run rate each year", whole.run_rate, currency),
        Figure("First year, all in", whole.first_year, currency),
        Figure("Sign-on with on-cost, once", whole.sign_on + whole.charged(whole.sign_on), currency),
        Figure("Employer on-cost, % of pay", whole.on_cost, "count"),
        *_compared(ground, whole),
        Figure("Compa-ratio", round(float(compensation_package.compa_ratio(ground)), 4), "ratio"),
    ]
    if share is not None:
        found.append(Figure("Range penetration", round(float(share), 4), "ratio"))
    return tuple(found)
