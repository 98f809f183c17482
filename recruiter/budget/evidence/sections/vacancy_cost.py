"""What losing the candidate costs: low, middle, high, with every assumption in sight, and where it breaks even."""

from __future__ import annotations

import datetime as dt

from recruiter.budget.evidence.figures import compensation_package, record, vacancy_pricing
from recruiter.budget.evidence.figures.hiring_history import HiringHistory
from recruiter.budget.evidence.figures.vacancy_assumptions import KINDS, LEVELS, kind_and_level
from recruiter.budget.evidence.figures.vacancy_pricing import Pricing, VacancyCost
from recruiter.budget.evidence.types import CaseContext, SectionEvidence, round_significant, times
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.money import Money, quotient
from recruiter.foundation.wording import plural

YEARS = (1, 3)
PAY = "a_year_s_pay_at_the_midpoint"
LOADED_PAY = f"[{PAY}]*(100+[employer_on_cost_of_pay])/100"
WORK_MINUTES = vacancy_pricing.MINUTES * vacancy_pricing.HOURS_OF_YEAR  # of a year
COMPUTED = "Computed from the assumptions of this section"
BreakEven = tuple[int, int, int | None]  # years of the excess, days of the empty seat, times in 100


def _assumption_claim(assumption: vacancy_pricing.Assumption) -> Claim:
    kind, level = kind_and_level(assumption.name)
    sentence = f"Assumption, {level}: {kind.phrase.format(assumption.value)} ({assumption.origin})."
    return Claim(sentence, f"Assumption: {assumption.origin}")


def _history_evidence(context: CaseContext, past: HiringHistory) -> list[Claim]:
    until, (talks, hours) = f"until {context.iso_date(context.now)}", record.panel_effort(context)
    speed = f": half of them within {plural(past.half, 'day')}." if past.half is not None else "; too few to rely on."
    seats = f"{plural(past.n, 'seat')} of this company on record, from opening the search to the accepted offer{speed}"
    evidence = [Claim(seats, "Own history of accepted offers", count=past.n, period=until)]
    if past.offers_out:
        statement = f"{past.lost} of {plural(past.offers_out, 'offer')} that went out fell through."
        evidence.append(Claim(statement, "Own history of offers", count=past.offers_out, period=until))
    if past.refill_days is not None:
        statement = f"After a loss it took {past.refill_days:.1f} days (median) until the next finalist accepted."
        evidence.append(Claim(statement, "Own history of promotions", count=past.refills, period=until))
    statement = f"{hours:.1f} person-hours of panels went into this search so far."
    evidence.append(Claim(statement, f"Interviews of {context.requisition.key}", count=talks, period=until))
    return evidence


def _delay_evidence(context: CaseContext, pricing: Pricing) -> list[Claim]:
    evidence = []
    for milestone in pricing.basis.milestones:
        slips = [str(milestone.days_late(context.today + dt.timedelta(days=price.days))) for price in pricing.levels]
        statement = f"{milestone.what}, due {context.long_date(milestone.due)}, would be {', '.join(slips)} days late (low, middle, high), at {context.show(milestone.week)} a week."
        source = f"Milestone, as {milestone.owner} puts it"
        evidence.append(context.claim(statement, source, by=milestone.owner, at=milestone.due))
    for name in pricing.basis.unpriced:
        statement = f"{name} is not priced: it needs a name, an owner, a date and the price of a week's delay."
        evidence.append(Claim(statement, context.own_source))
    if pricing.basis.milestones:
        statement = "Each cost is counted once: the delay by its milestones, so the empty seat counts only what its writer sets for cover."
        evidence.append(Claim(statement, COMPUTED))
    return evidence


def _price_figures(context: CaseContext, pricing: Pricing) -> list[Amount]:
    """Each part of the cost at its three levels, with the formula by which it follows from the assumptions."""
    digits = context.digits
    a_day = f"ROUND([{PAY}]*[a_day_of_the_empty_seat_of_a_day_s_pay_{{0}}]/100/365,{digits})"
    search = f"ROUND([{PAY}]*[outlays_of_a_new_search_of_a_year_s_pay_{{0}}]/100,{digits})"
    panels = f"ROUND({LOADED_PAY}*[minutes_of_panels_so_far]*[panel_hours_spent_once_more_{{0}}]/100/{WORK_MINUTES},{digits})"
    total = "[the_empty_seat_{0}]+[a_new_search_{0}]+[panels_once_more_{0}]+[milestones_that_slip_{0}]"
    parts = (
        ("Cost of losing", "total", total),
        ("A day of the empty seat", "a_day", a_day),
        ("Days", "days", ""),
        ("The empty seat", "seat", "[a_day_of_the_empty_seat_{0}]*[days_{0}]"),
        ("A new search", "search", search),
        ("Panels once more", "panels", panels),
        ("Milestones that slip", "delay", pricing.basis.delay_formula("[days_{0}]", digits)),
    )
    return [
        Amount(
            f"{label}, {price.level}",
            getattr(price, part),
            "days" if part == "days" else context.case.currency,
            formula=formula.format(price.level),
        )
        for label, part, formula in parts
        for price in pricing.levels
    ]


def _input_figures(context: CaseContext, pricing: Pricing) -> list[Amount]:
    """What the prices are worked out from, so that a reader can work them out again."""
    yearly_pay = context.middle.amount * context.periods
    figures = [
        context.figure("A year's pay at the midpoint", yearly_pay, times("band_midpoint", context.periods), PAY),
        Amount("Minutes of panels so far", round(pricing.basis.hours * vacancy_pricing.MINUTES), "count"),
    ]
    figures += [
        Amount(f"{kind.figure_label}, {level}", pricing.assumptions[f"{kind.name}_{level}"].value, "count")
        for kind in KINDS.values()
        if kind.figure_label
        for level in LEVELS
    ]
    for number, milestone in enumerate(pricing.basis.milestones, start=1):
        figures.append(context.figure(f"Price of a week late, milestone {number}", milestone.week))
        figures.append(Amount(f"Days until milestone {number} is due", (milestone.due - context.today).days, "days"))
    return figures


def break_even_points(yearly: int, middle: VacancyCost) -> list[BreakEven]:
    """For one and three years of the excess: years, days of the empty seat that cost as much, and the chance in 100 above which it pays.

    The chance is None where the excess is more than the whole middle cost, so that it never pays by this alone.
    """
    points = []
    for years in YEARS:
        excess = yearly * years
        days = -(-excess // middle.a_day) if middle.a_day else 0
        chance = quotient(excess * 100, middle.total) if 0 < excess <= middle.total else None if excess else 0
        points.append((years, days, chance))
    return points


def _seat_days_phrase(context: CaseContext, excess: int, days: int, middle: VacancyCost) -> str:
    """How long the seat must stay empty to cost as much, with the sum by which it is found."""
    if not middle.a_day or not excess:
        return ""
    exact = f"{excess / middle.a_day:.2f}".removesuffix(".00")
    result = f" = {exact}, rounded up" if days * middle.a_day != excess else f" = {days}"
    division = f"{context.show(excess)} / {context.show(middle.a_day)} a day{result}"
    return f" is reached when the seat stays empty for at least {plural(days, 'day')} ({division}) and"


def _break_even_sentence(context: CaseContext, yearly: int, middle: VacancyCost, point: BreakEven) -> str:
    years, days, chance = point
    excess = f"{plural(years, 'year')} of the excess with on-cost, {context.show(yearly * years)},"
    seat = _seat_days_phrase(context, yearly * years, days, middle)
    if chance is None:
        return f"{excess}{seat} is more than the whole middle cost, so it does not pay by this alone."
    return f"{excess}{seat} pays where the candidate would otherwise be lost more than about {chance} times in 100."


def _break_even_figures(context: CaseContext, yearly: int, middle: VacancyCost, point: BreakEven) -> list[Amount]:
    years, days, chance = point
    span = "" if years == 1 else f" of {years} years"
    excess = f"excess_of_{years}_year{'' if years == 1 else 's'}_with_on_cost"
    formula = times("excess_each_year_with_on_cost", years)
    figures = [context.figure(f"Excess{span or ' of 1 year'} with on-cost", yearly * years, formula, excess)]
    if middle.a_day:
        formula = f"ROUNDUP([{excess}]/[a_day_of_the_empty_seat_middle],0)"
        figures.append(Amount(f"Break-even{span}, days", days, "days", formula=formula))
    if chance is not None:
        formula = f"ROUND([{excess}]*100/[cost_of_losing_middle],0)"
        figures.append(Amount(f"Break-even{span}, times in 100", chance, "count", formula=formula))
    return figures


def collect(context: CaseContext) -> SectionEvidence:
    """Three prices from own history, or from guesses that are called so; the break-even in days and in chances."""
    pricing, yearly = vacancy_pricing.pricing_of(context), compensation_package.excess_each_year(context)
    past, points = pricing.past, break_even_points(yearly, pricing.middle)
    low, middle, high = (round_significant(Money(price.total, context.case.currency)) for price in pricing.levels)
    break_even = [_break_even_sentence(context, yearly, pricing.middle, point) for point in points]
    evidence = [
        Claim(f"Losing the candidate costs about {middle}; low {low}, high {high}.", COMPUTED, count=past.n),
        *_history_evidence(context, past),
        *map(_assumption_claim, pricing.assumptions.values()),
        *_delay_evidence(context, pricing),
        *(Claim(sentence, COMPUTED) for sentence in break_even),
    ]
    figures = [*_price_figures(context, pricing), *_input_figures(context, pricing)]
    for point in points:
        figures += _break_even_figures(context, yearly, pricing.middle, point)
    text = f"About {middle}, between {low} and {high}. {' '.join(break_even)}"
    return SectionEvidence(text, evidence, figures, is_complete=True)
