"""What losing the candidate costs: low, middle, high, with every assumption in sight, and where it breaks even."""

from __future__ import annotations

import datetime as dt

from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import compensation_package, hiring_history, vacancy_pricing
from recruiter.budget.evidence.figures.hiring_history import Past
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on, quotient, roughly
from recruiter.foundation.money import Money

HUNDRED = 100
YEARS = (1, 3)
SAYS = {
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
COMPUTED = "Computed from the assumptions of this section"


def _says(one: vacancy_pricing.Assumption) -> str:
    kind, _, level = one.name.rpartition("_")
    return f"Assumption, {level}: {SAYS[kind].format(one.value)} ({one.origin})."


def _own_past(past: Past, until: str, key: str) -> list[Evidence]:
    half = f": half of them within {counted(past.half, 'day')}." if past.half is not None else "; too few to rely on."
    seats = f"{counted(past.n, 'seat')} of this company on record, from opening the search to the accepted offer{half}"
    told = [Evidence(seats, "Own history of accepted offers", count=past.n, period=until)]
    if past.offers_out:
        words = f"{past.lost} of {counted(past.offers_out, 'offer')} that went out fell through."
        told.append(Evidence(words, "Own history of offers", count=past.offers_out, period=until))
    if past.refill_days is not None:
        words = f"After a loss it took {past.refill_days:.1f} days (median) until the next finalist accepted."
        told.append(Evidence(words, "Own history of promotions", count=past.refills, period=until))
    words = f"{past.hours:.1f} person-hours of panels went into this search so far."
    told.append(Evidence(words, f"Interviews of {key}", count=past.talks, period=until))
    return told


def _delays(ground: Ground, basis: vacancy_pricing.Basis, found: list[vacancy_pricing.Price]) -> list[Evidence]:
    currency, told = ground.case.currency, []
    for one in basis.milestones:
        slips = [one.slip(ground.now.date() + dt.timedelta(days=level.days)) for level in found]
        words = f"{one.what}, due {on(one.due)}, would be {', '.join(str(slip) for slip in slips)} days late (low, middle, high), at {said(Money(one.week, currency))} a week."
        told.append(Evidence(words, f"Milestone, as {one.owner} puts it", by=one.owner, at=iso(one.due)))
    for name in vacancy_pricing.milestones_of(ground.case.texts)[1]:
        words = f"{name} is not priced: it needs a name, an owner, a date and the price of a week's delay."
        told.append(Evidence(words, f"Case {ground.case.number}"))
    if basis.milestones:
        words = "Each cost is counted once: the delay by its milestones, so the empty seat counts only what its writer sets for cover."
        told.append(Evidence(words, COMPUTED))
    return told


def _assumed(
    ground: Ground, found: dict[str, vacancy_pricing.Assumption], basis: vacancy_pricing.Basis
) -> list[Figure]:
    """What the prices are worked out from, so that a reader can work them out again."""
    figures = [Figure("A year's pay at the midpoint", ground.middle.amount * ground.periods, ground.case.currency)]
    figures.append(Figure("Minutes of panels so far", round(basis.hours * vacancy_pricing.MINUTES), "count"))
    for kind, label in SHARES.items():
        figures += [
            Figure(f"{label}, {level}", found[f"{kind}_{level}"].value, "count") for level in vacancy_pricing.LEVELS
        ]
    for number, one in enumerate(basis.milestones, start=1):
        figures.append(Figure(f"Price of a week late, milestone {number}", one.week, ground.case.currency))
        figures.append(Figure(f"Days until milestone {number} is due", (one.due - ground.now.date()).days, "days"))
    return figures


def broken_even(yearly: int, middle: vacancy_pricing.Price) -> list[tuple[int, int, int | None]]:
    """For one and three years of the excess: years, days of the empty seat that cost as much, and the chance in 100 above which it pays.

    The chance is None where the excess is more than the whole middle cost, so that it never pays by this alone.
    """
    out = []
    for years in YEARS:
        excess = yearly * years
        days = -(-excess // middle.a_day) if middle.a_day else 0
        chance = quotient(excess * HUNDRED, middle.total) if 0 < excess <= middle.total else None if excess else 0
        out.append((years, days, chance))
    return out


def _seat(ground: Ground, excess: int, days: int, middle: vacancy_pricing.Price) -> str:
    """How long the seat must stay empty to cost as much, with the sum by which it is found."""
    if not middle.a_day or not excess:
        return ""
    sides = f"{said(Money(excess, ground.case.currency))} / {said(Money(middle.a_day, ground.case.currency))} a day"
    exact = f"{excess / middle.a_day:.2f}".removesuffix(".00")
    up = f" = {exact}, rounded up" if days * middle.a_day != excess else f" = {days}"
    return f" is reached when the seat stays empty for at least {counted(days, 'day')} ({sides}{up})"


def _broken(ground: Ground, yearly: int, middle: vacancy_pricing.Price) -> list[str]:
    told = []
    for years, days, chance in broken_even(yearly, middle):
        excess = said(Money(yearly * years, ground.case.currency))
        head = f"{counted(years, 'year')} of the excess with on-cost, {excess},"
        seat = _seat(ground, yearly * years, days, middle)
        pays = (
            f"pays where the candidate would otherwise be lost more than about {chance} times in 100"
            if chance is not None
            else "is more than the whole middle cost, so it does not pay by this alone"
        )
        told.append(f"{head}{seat}{' and' if seat else ''} {pays}.")
    return told


def collect(ground: Ground) -> Part:
    """Three prices from own history, or from guesses that are called so; the break-even in days and in chances."""
    past, currency = hiring_history.of(ground), ground.case.currency
    found, basis = vacancy_pricing.assumptions(ground.case.texts, past), vacancy_pricing.basis_of(ground, past)
    levels = vacancy_pricing.prices(ground, found, basis)
    middle = levels[1]
    shown = [roughly(Money(one.total, currency)) for one in levels]
    told = [
        Evidence(
            f"Losing the candidate costs about {shown[1]}; low {shown[0]}, high {shown[2]}.", COMPUTED, count=past.n
        ),
        *_own_past(past, f"until {iso(ground.now)}", ground.requisition.key),
        *[Evidence(_says(one), f"Assumption: {one.origin}") for one in found.values()],
        *_delays(ground, basis, levels),
    ]
    yearly = compensation_package.excess_each_year(ground)
    broken = _broken(ground, yearly, middle)
    told += [Evidence(words, COMPUTED) for words in broken]
    figures = [Figure(f"Cost of losing, {one.level}", one.total, currency) for one in levels]
    figures += [Figure(f"A day of the empty seat, {one.level}", one.a_day, currency) for one in levels]
    figures += [Figure(f"Days, {one.level}", one.days, "days") for one in levels]
    figures += [Figure(f"The empty seat, {one.level}", one.seat, currency) for one in levels]
    figures += [Figure(f"A new search, {one.level}", one.search, currency) for one in levels]
    figures += [Figure(f"Panels once more, {one.level}", one.panels, currency) for one in levels]
    figures += [Figure(f"Milestones that slip, {one.level}", one.delay, currency) for one in levels]
    figures += _assumed(ground, found, basis)
    for years, days, chance in broken_even(yearly, middle):
        after = "" if years == 1 else f" of {years} years"
        figures.append(Figure(f"Excess{after or ' of 1 year'} with on-cost", yearly * years, currency))
        if middle.a_day:
            figures.append(Figure(f"Break-even{after}, days", days, "days"))
        if chance is not None:
            figures.append(Figure(f"Break-even{after}, times in 100", chance, "count"))
    text = f"About {shown[1]}, between {shown[0]} and {shown[2]}. {' '.join(broken)}"
    return Part(text, tuple(told), tuple(figures), whole=True)
