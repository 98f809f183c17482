"""What losing the candidate costs: low, middle, high, with every assumption in sight, and where it breaks even."""

from __future__ import annotations

from recruiter.budget.evidence import history, price
from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, counted, iso, quotient
from recruiter.foundation.money import Money, show

HUNDRED = 100


def _says(one: price.Assumption) -> str:
    kind, _, level = one.name.rpartition("_")
    words = {
        "days": f"days until the seat is filled again: {one.value}",
        "empty_seat": f"cost of a day of the empty seat: {one.value} % of a day's pay at the midpoint",
        "search": f"cost of a new search: {one.value} % of a year's pay at the midpoint",
    }
    return f"Assumption, {level}: {words[kind]} ({one.origin})."


def collect(ground: Ground) -> Part:
    """Three prices from own history, or from guesses that are called so; the break-even in days and in chances."""
    past, currency = history.of(ground), ground.case.currency
    found = price.assumptions(ground.case.texts, past)
    low, middle, high = price.prices(ground, found)
    shown = [show(Money(one.total, currency)) for one in (low, middle, high)]
    source, until = "Own history of accepted offers", f"until {iso(ground.now)}"
    told = [
        Evidence(
            f"Losing the candidate costs about {shown[1]}; low {shown[0]}, high {shown[2]}.",
            "Computed from the assumptions of this section",
            count=past.n,
        ),
        Evidence(
            f"{counted(past.n, 'seat')} of this company on record, from opening the search to the accepted offer"
            + (
                f": half of them within {counted(past.half, 'day')}."
                if past.half is not None
                else "; too few to rely on."
            ),
            source,
            count=past.n,
            period=until,
        ),
    ]
    if past.offers_out:
        told.append(
            Evidence(
                f"{past.lost} of {counted(past.offers_out, 'offer')} that went out fell through.",
                "Own history of offers",
                count=past.offers_out,
                period=until,
            )
        )
    if past.refill_days is not None:
        words = f"After a loss it took {past.refill_days:.1f} days (median) until the next finalist accepted."
        told.append(Evidence(words, "Own history of promotions", count=past.refills, period=until))
    told += [Evidence(_says(one), f"Assumption: {one.origin}") for one in found.values()]
    yearly = ground.excess.amount * ground.periods
    days = -(-yearly // middle.a_day) if middle.a_day else 0
    chance = min(quotient(yearly * HUNDRED, middle.total), HUNDRED) if middle.total else HUNDRED
    broken = f"The excess of a year equals {counted(days, 'day')} of the empty seat; it pays for itself in its first year where the candidate would otherwise be lost more than about {chance} times in 100."
    told.append(Evidence(broken, "Computed from the assumptions of this section"))
    figures = [Figure(f"Cost of losing, {one.level}", one.total, currency) for one in (low, middle, high)]
    figures += [Figure(f"A day of the empty seat, {one.level}", one.a_day, currency) for one in (low, middle, high)]
    figures += [Figure(f"A new search, {one.level}", one.search, currency) for one in (low, middle, high)]
    figures += [Figure(f"Days, {one.level}", one.days, "days") for one in (low, middle, high)]
    figures += [Figure("Break-even, days", days, "days"), Figure("Break-even, times in 100", chance, "count")]
    text = f"About {shown[1]}, between {shown[0]} and {shown[2]}. {broken}"
    return Part(text, tuple(told), tuple(figures), whole=True)
