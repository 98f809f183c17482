"""Pay fairness: what the offer would mean for people of the same role, level and place, in counts and ratios of at least five, and what a remedy costs."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from recruiter.budget import writer_facts
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.figures import compensation_package, record
from recruiter.budget.evidence.figures.record import Seat
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, quotient
from recruiter.foundation.money import Money
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


def compare(ask: int, bases: list[int]) -> Comparison | None:
    """None for fewer than five people. Far below is more than 10 % below; a remedy lifts those to 10 % below the request."""
    if len(bases) < FEWEST:
        return None
    line = ask * (100 - TOLERANCE)
    far = [base for base in bases if base * 100 < line]
    remedy = sum(-(-(line - base * 100) // 100) for base in far)
    return Comparison(len(bases), sum(1 for base in bases if base < ask), len(far), ask / median(bases), remedy)


def compas(seats: list[Seat]) -> tuple[float, float, float] | None:
    """Lowest, median and highest compa-ratio, each base over the midpoint of its own band; None for fewer than five people."""
    ratios = sorted(one.base / one.middle for one in seats if one.middle)
    return (ratios[0], median(ratios), ratios[-1]) if len(ratios) >= FEWEST else None


def _same(text: str, other: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(other.split()).casefold()


def _peers(ground: Ground) -> list[Seat]:
    """Accepted offers in the currency and interval of the band, of people who have not left, without the candidate's own.

    Amounts of other currencies are never compared.
    """
    return [
        one
        for one in record.seats(ground)
        if one.status == OfferStatus.ACCEPTED
        and one.accepted_at is not None
        and one.accepted_at <= ground.now
        and one.currency == ground.case.currency
        and one.interval == ground.band.interval
        and one.application_id != ground.application.id
        and not one.left
    ]


def group_of(ground: Ground) -> tuple[str, list[Seat]]:
    """The narrowest group of at least five: same role, level and place; else roles merged; else places too. The last where all are small."""
    here = ground.requisition
    level = f"level {here.level}" if here.level else "this role"
    alike = [one for one in _peers(ground) if _same(one.level, here.level)]
    if not here.level:
        alike = [one for one in alike if _same(one.title, here.title)]
    near = [one for one in alike if _same(one.location, here.location)]
    exact = [one for one in near if _same(one.title, here.title)]
    steps = [
        (f"the same role, {level} and place", exact),
        (f"{level} and the same place, roles merged", near),
        (f"{level}, roles and places merged", alike),
    ]
    return next((step for step in steps if len(step[1]) >= FEWEST), steps[-1])


def collect(ground: Ground) -> Part:
    """Counts and ratios, never a person and never fewer than five."""
    group, seats = group_of(ground)
    others = sorted({one.currency for one in record.seats(ground) if one.status == OfferStatus.ACCEPTED and not one.left} - {ground.case.currency})  # fmt: skip
    left_out = f" Accepted offers in {', '.join(others)} are not compared with it." if others else ""
    found = compare(ground.case.ask, [one.base for one in seats])
    source, until = f"Accepted offers of {group}", f"until {iso(ground.now)}"
    remedy_told = writer_facts.told(ground.case.texts, "remedy")
    plan = [Evidence(f"Remedy: {remedy_told}", f"Case {ground.case.number}", by=ground.case.requested_by.name)] if remedy_told else []  # fmt: skip
    if found is None:
        few = f"Fewer than {FEWEST} accepted offers of {group} are on record, so no comparison is shown."
        return Part(
            few + left_out + _planned(remedy_told), (Evidence(few, source, period=until), *plan), whole=bool(plan)
        )
    below = f"{found.below} of {counted(found.n, 'person', 'people')} of {group} would be paid less than this offer, {found.far_below} of them by more than {TOLERANCE} %."
    ratio = f"The request is {found.ratio:.2f} times their median base."
    told = [Evidence(words, source, count=found.n, period=until) for words in (below, ratio)]
    spread = compas(seats)
    if spread is not None:
        words = f"Their compa-ratio runs from {spread[0]:.2f} to {spread[2]:.2f}, median {spread[1]:.2f}; the request has {float(compensation_package.compa_ratio(ground)):.2f}."
        told.append(Evidence(words, f"{source} and their bands", count=found.n, period=until))
    price, figures = _remedy(ground, found)
    told += [Evidence(words, source, count=found.n) for words in price] + plan
    shown = [
        Figure("People compared", found.n, "count"),
        Figure("Paid less than the request", found.below, "count"),
        Figure(f"Paid more than {TOLERANCE} % less", found.far_below, "count"),
        Figure("Median base of the group", round(median(one.base for one in seats)), ground.case.currency),
        Figure("Request to median", round(found.ratio, 4), "ratio"),
    ]
    if spread is not None:
        names = ("Compa-ratio, lowest", "Compa-ratio, median", "Compa-ratio, highest")
        shown += [Figure(name, round(value, 4), "ratio") for name, value in zip(names, spread, strict=True)]
    text = " ".join([below, ratio, *price]) + left_out + _planned(remedy_told)
    return Part(text, tuple(told), (*shown, *figures), whole=not found.far_below or bool(plan))


def _planned(told: str) -> str:
    """What will be done, as the writer says it, for the two pages that everybody reads; the whole stands in the annex."""
    words = " ".join(told.split())
    return f" What will be done: {words if len(words) <= BRIEF else words[: BRIEF - 1].rstrip() + '…'}" if words else ""


def _remedy(ground: Ground, found: Comparison) -> tuple[list[str], list[Figure]]:
    """The remedy each year with on-cost, and in the next twelve months where it comes at the next pay cycle."""
    currency = ground.case.currency
    charge, _ = compensation_package.on_cost(ground)
    yearly = found.remedy * ground.periods
    loaded = yearly + quotient(yearly * charge, compensation_package.HUNDRED)
    months_told = writer_facts.whole(ground.case.texts, "cycle_months")
    months = CYCLE if months_told is None else months_told
    later = quotient(loaded * max(MONTHS - months, 0), MONTHS)
    figures = [
        Figure("Months until the next pay cycle", months, "count"),
        Figure("Remedy each year", yearly, currency),
        Figure("Remedy now, with on-cost, next 12 months", loaded, currency),
        Figure("Remedy at the next pay cycle, next 12 months", later, currency),
    ]
    if not found.far_below:
        return [], figures
    words = f"To bring those {found.far_below} to within {TOLERANCE} % would cost {said(Money(yearly, currency))} a year, {said(Money(loaded, currency))} with on-cost."
    when = f"Done now it costs {said(Money(loaded, currency))} in the next 12 months; at the next pay cycle, in {counted(months, 'month')}, {said(Money(later, currency))}."
    return [words, when], figures
