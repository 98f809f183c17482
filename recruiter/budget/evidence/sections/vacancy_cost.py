"""What losing the candidate costs: low, middle, high, with every assumption in sight, and where it breaks even."""

from __future__ import annotations

import datetime as dt

from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.figures import compensation_package, hiring_history, vacancy_pricing
from recruiter.budget.evidence.figures.hiring_history import HiringHistory
from recruiter.budget.evidence.types import CaseContext, SectionEvidence, round_significant, times
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.money import Money, quotient
from recruiter.foundation.wording import plural

HUNDRED = 100
YEARS = (1, 3)
ASSUMPTION_PHRASES = {
    "days": "days until the seat is filled again: {}",
    "empty_seat": "cost of a day of the empty seat: {} % of a day's pay at the midpoint",
    "search": "outlays of a new search, beside the panels' hours: {} % of a year's pay at the midpoint",
    "repeat": "panel hours of this search that are spent once more: {} %",
}
SHARES = {
    "empty_seat": "A day of the empty seat, % of a day's pay",
    "search": "Outlays of a new search, % of a year's pay",
    "repeat": "Panel hours spent once more, %",
}
PAY = "a_year_s_pay_at_the_midpoint"
WORK_MINUTES = vacancy_pricing.MINUTES * vacancy_pricing.HOURS_OF_YEAR  # of a year
COMPUTED = "Computed from the assumptions of this section"


def _assumption_sentence(assumption: vacancy_pricing.Assumption) -> str:
    kind, _, level = assumption.name.rpartition("_")
    return f"Assumption, {level}: {ASSUMPTION_PHRASES[kind].format(assumption.value)} ({assumption.origin})."


def _history_evidence(past: HiringHistory, until: str, key: str) -> list[Claim]:
    speed = f": half of them within {plural(past.half, 'day')}." if past.half is not None else "; too few to rely on."
    seats = f"{plural(past.n, 'seat')} of this company on record, from opening the search to the accepted offer{speed}"
    evidence = [Claim(seats, "Own history of accepted offers", count=past.n, period=until)]
    if past.offers_out:
        statement = f"{past.lost} of {plural(past.offers_out, 'offer')} that went out fell through."
        evidence.append(Claim(statement, "Own history of offers", count=past.offers_out, period=until))
    if past.refill_days is not None:
        statement = f"After a loss it took {past.refill_days:.1f} days (median) until the next finalist accepted."
        evidence.append(Claim(statement, "Own history of promotions", count=past.refills, period=until))
    statement = f"{past.hours:.1f} person-hours of panels went into this search so far."
    evidence.append(Claim(statement, f"Interviews of {key}", count=past.talks, period=until))
    return evidence


def _delays(
    context: CaseContext, basis: vacancy_pricing.PricingBasis, levels: list[vacancy_pricing.VacancyCost]
) -> list[Claim]:
    currency, evidence = context.case.currency, []
    for milestone in basis.milestones:
        slips = [milestone.slip(context.today + dt.timedelta(days=price.days)) for price in levels]
        statement = f"{milestone.what}, due {context.long_date(milestone.due)}, would be {', '.join(str(slip) for slip in slips)} days late (low, middle, high), at {format_amount(Money(milestone.week, currency))} a week."
        evidence.append(
            Claim(
                statement,
                f"Milestone, as {milestone.owner} puts it",
                by=milestone.owner,
                at=context.iso_date(milestone.due),
            )
        )
    for name in vacancy_pricing.milestones_of(context.case.texts)[1]:
        statement = f"{name} is not priced: it needs a name, an owner, a date and the price of a week's delay."
        evidence.append(Claim(statement, f"Case {context.case.number}"))
    if basis.milestones:
        statement = "Each cost is counted once: the delay by its milestones, so the empty seat counts only what its writer sets for cover."
        evidence.append(Claim(statement, COMPUTED))
    return evidence


def _price_figures(
    context: CaseContext, prices: list[vacancy_pricing.VacancyCost], basis: vacancy_pricing.PricingBasis
) -> list[Amount]:
    """Each part of the cost at its three levels, with the formula by which it follows from the assumptions."""
    digits = context.digits
    loaded = f"[{PAY}]*(100+[employer_on_cost_of_pay])/100"
    parts: tuple[tuple[str, str, str], ...] = (
        (
            "Cost of losing",
            "total",
            "[the_empty_seat_{0}]+[a_new_search_{0}]+[panels_once_more_{0}]+[milestones_that_slip_{0}]",
        ),
        (
            "A day of the empty seat",
            "a_day",
            f"ROUND([{PAY}]*[a_day_of_the_empty_seat_of_a_day_s_pay_{{0}}]/100/365,{digits})",
        ),
        ("Days", "days", ""),
        ("The empty seat", "seat", "[a_day_of_the_empty_seat_{0}]*[days_{0}]"),
        ("A new search", "search", f"ROUND([{PAY}]*[outlays_of_a_new_search_of_a_year_s_pay_{{0}}]/100,{digits})"),
        (
            "Panels once more",
            "panels",
            f"ROUND({loaded}*[minutes_of_panels_so_far]*[panel_hours_spent_once_more_{{0}}]/100/{WORK_MINUTES},{digits})",
        ),
        ("Milestones that slip", "delay", vacancy_pricing.delay_formula(basis, "[days_{0}]", digits)),
    )
    return [
        Amount(
            f"{label}, {price.level}",
            getattr(price, part),
            "days" if part == "days" else context.case.currency,
            formula=formula.format(price.level),
        )
        for label, part, formula in parts
        for price in prices
    ]


def _input_figures(
    context: CaseContext, assumptions: dict[str, vacancy_pricing.Assumption], basis: vacancy_pricing.PricingBasis
) -> list[Amount]:
    """What the prices are worked out from, so that a reader can work them out again."""
    currency, yearly_pay = context.case.currency, context.middle.amount * context.periods
    figures = [
        Amount("A year's pay at the midpoint", yearly_pay, currency, PAY, times("band_midpoint", context.periods)),
        Amount("Minutes of panels so far", round(basis.hours * vacancy_pricing.MINUTES), "count"),
    ]
    for kind, label in SHARES.items():
        figures += [
            Amount(f"{label}, {level}", assumptions[f"{kind}_{level}"].value, "count")
            for level in vacancy_pricing.LEVELS
        ]
    for number, milestone in enumerate(basis.milestones, start=1):
        figures.append(Amount(f"Price of a week late, milestone {number}", milestone.week, currency))
        figures.append(Amount(f"Days until milestone {number} is due", (milestone.due - context.today).days, "days"))
    return figures


def break_even_points(yearly: int, middle: vacancy_pricing.VacancyCost) -> list[tuple[int, int, int | None]]:
    """For one and three years of the excess: years, days of the empty seat that cost as much, and the chance in 100 above which it pays.

    The chance is None where the excess is more than the whole middle cost, so that it never pays by this alone.
    """
    points = []
    for years in YEARS:
        excess = yearly * years
        days = -(-excess // middle.a_day) if middle.a_day else 0
        chance = quotient(excess * HUNDRED, middle.total) if 0 < excess <= middle.total else None if excess else 0
        points.append((years, days, chance))
    return points


def _seat_days_phrase(context: CaseContext, excess: int, days: int, middle: vacancy_pricing.VacancyCost) -> str:
    """How long the seat must stay empty to cost as much, with the sum by which it is found."""
    if not middle.a_day or not excess:
        return ""
    division = f"{format_amount(Money(excess, context.case.currency))} / {format_amount(Money(middle.a_day, context.case.currency))} a day"
    exact = f"{excess / middle.a_day:.2f}".removesuffix(".00")
    result = f" = {exact}, rounded up" if days * middle.a_day != excess else f" = {days}"
    return f" is reached when the seat stays empty for at least {plural(days, 'day')} ({division}{result})"


def _break_even_sentences(context: CaseContext, yearly: int, middle: vacancy_pricing.VacancyCost) -> list[str]:
    sentences = []
    for years, days, chance in break_even_points(yearly, middle):
        excess = format_amount(Money(yearly * years, context.case.currency))
        start = f"{plural(years, 'year')} of the excess with on-cost, {excess},"
        seat = _seat_days_phrase(context, yearly * years, days, middle)
        pays = (
            f"pays where the candidate would otherwise be lost more than about {chance} times in 100"
            if chance is not None
            else "is more than the whole middle cost, so it does not pay by this alone"
        )
        sentences.append(f"{start}{seat}{' and' if seat else ''} {pays}.")
    return sentences


def collect(context: CaseContext) -> SectionEvidence:
    """Three prices from own history, or from guesses that are called so; the break-even in days and in chances."""
    past, currency = hiring_history.history_of(context), context.case.currency
    assumptions, basis = vacancy_pricing.assumptions(context.case.texts, past), vacancy_pricing.basis_of(context, past)
    levels = vacancy_pricing.vacancy_costs(context, assumptions, basis)
    middle = levels[1]
    rounded = [round_significant(Money(price.total, currency)) for price in levels]
    evidence = [
        Claim(
            f"Losing the candidate costs about {rounded[1]}; low {rounded[0]}, high {rounded[2]}.",
            COMPUTED,
            count=past.n,
        ),
        *_history_evidence(past, f"until {context.iso_date(context.now)}", context.requisition.key),
        *[
            Claim(_assumption_sentence(assumption), f"Assumption: {assumption.origin}")
            for assumption in assumptions.values()
        ],
        *_delays(context, basis, levels),
    ]
    yearly = compensation_package.excess_each_year(context)
    break_even = _break_even_sentences(context, yearly, middle)
    evidence += [Claim(sentence, COMPUTED) for sentence in break_even]
    figures = [*_price_figures(context, levels, basis), *_input_figures(context, assumptions, basis)]
    for years, days, chance in break_even_points(yearly, middle):
        span = "" if years == 1 else f" of {years} years"
        excess = f"excess_of_{years}_year{'' if years == 1 else 's'}_with_on_cost"
        formula = times("excess_each_year_with_on_cost", years)
        figures.append(Amount(f"Excess{span or ' of 1 year'} with on-cost", yearly * years, currency, excess, formula))
        if middle.a_day:
            formula = f"ROUNDUP([{excess}]/[a_day_of_the_empty_seat_middle],0)"
            figures.append(Amount(f"Break-even{span}, days", days, "days", formula=formula))
        if chance is not None:
            formula = f"ROUND([{excess}]*100/[cost_of_losing_middle],0)"
            figures.append(Amount(f"Break-even{span}, times in 100", chance, "count", formula=formula))
    text = f"About {rounded[1]}, between {rounded[0]} and {rounded[2]}. {' '.join(break_even)}"
    return SectionEvidence(text, tuple(evidence), tuple(figures), is_complete=True)
