"""Which figures of a case follow from others, as formulas of a workbook: each only where it gives the figure on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from recruiter.documents.layout.value_text import is_money, number, places
from recruiter.documents.model import Amount
from recruiter.documents.xlsx.formula import Sum, least, most, of, plain, rounded, total, up

LEVELS = ("low", "middle", "high")
RATIO_DIGITS = 4
MOST = 366  # a yearly figure is at most so many times one of a shorter interval
YEAR, WEEK, DAYS, MINUTES = 12, 7, 365, 60 * 2080
PARTS_OF_LOSS = ("The empty seat", "A new search", "Panels once more", "Milestones that slip")
YEARLY = ("Base of a year", "Target variable of a year", "Equity of a year", "On-cost of a year")
CHARGE, PAY, HUNDRED = of("Employer on-cost, % of pay"), of("A year's pay at the midpoint"), plain(100)
DAY, DAYS_MIDDLE = "A day of the empty seat, middle", of("Days, middle")
MILESTONE = "milestone {}"
LARGEST_MILESTONE = 2

COMPA = rounded(of("Asked base") / of("Band midpoint"), RATIO_DIGITS)
PENETRATION = rounded((of("Asked base") - of("Band minimum")) / (of("Band maximum") - of("Band minimum")), RATIO_DIGITS)
SHARE = rounded(of("Excess") / of("Band maximum"), RATIO_DIGITS)
FIXED: dict[str, tuple[Sum, ...]] = {
    "Excess": (of("Asked base") - of("Band maximum"),),
    "First year above the band": (total("Excess each year", "Paid once"),),
    "Run rate each year": (total(*YEARLY),),
    "Run rate each year, approved": (total(*(f"{one}, approved" for one in YEARLY)),),
    "First year, all in": (
        total("Run rate each year", "Sign-on with on-cost, once"),
        total("Run rate each year", "Paid once"),
    ),
    "First year, all in, approved": (total("Run rate each year, approved", "Sign-on with on-cost, once, approved"),),
    "Target variable of a year, approved": (of("Target variable of a year"),),
    "Equity of a year, approved": (of("Equity of a year"),),
    "Compa-ratio": (COMPA,),
    "Range penetration": (PENETRATION,),
    "Request to median": (rounded(of("Asked base") / of("Median base of the group"), RATIO_DIGITS),),
    "Above the bar": (of("Score") - of("The bar"),),
    "Reopen the search": (of("Cost of losing, middle"),),
    "Colleagues who are silent": (of("Colleagues asked") - of("Colleagues who answered"),),
    "Break-even, days": (
        up(of("Excess each year with on-cost") / of(DAY)),
        up(of("Excess each year") / of(DAY)),
    ),
    "Break-even, times in 100": (
        rounded(of("Excess of 1 year with on-cost") * HUNDRED / of("Cost of losing, middle"), 0),
    ),
}
MULTIPLES = {
    "Excess each year": "Excess",
    "A one-off instead of base": "Excess each year",
    "A week of waiting": DAY,
    "Base of a year": "Asked base",
    "Base of a year, approved": "Band maximum",
    "A year's pay at the midpoint": "Band midpoint",
}
OFFERED = re.compile(r"(Competing offer(?: \d+)?) in [A-Z]{3}")
BUDGETED = re.compile(r"(.+, difference), in ([A-Z]{3})")
OF_YEARS = re.compile(r"(Excess|Break-even)( of \d+ years?)(?: with on-cost|, days|, times in 100)")


def _charged(pay: Sum, digits: int) -> Sum:
    return rounded(pay * CHARGE / HUNDRED, digits)


def _rounded(digits: int) -> dict[str, Sum]:
    """The figures that are rounded to a minor unit."""
    asked, approved = (total(f"Base of a year{end}", f"Target variable of a year{end}") for end in ("", ", approved"))
    yearly, once, remedy = of("Excess each year"), of("Paid once"), of("Remedy each year")
    now = of("Remedy now, with on-cost, next 12 months")
    months, later = of("Months until the next pay cycle"), of("Months until a later review")
    return {
        "On-cost of a year": _charged(asked, digits),
        "On-cost of a year, approved": _charged(approved, digits),
        "Sign-on with on-cost, once": once + _charged(once, digits),
        "Excess each year with on-cost": yearly + _charged(yearly, digits),
        "Remedy now, with on-cost, next 12 months": remedy + _charged(remedy, digits),
        "Remedy at the next pay cycle, next 12 months": rounded(
            now * most(plain(YEAR) - months, 0) / plain(YEAR), digits
        ),
        "A later review, saved in the first year": rounded(yearly * least(later, YEAR) / plain(YEAR), digits),
    }


def _slips(days: Sum, number_of: int, digits: int) -> Sum:
    named = MILESTONE.format(number_of)
    late = most(days - of(f"Days until {named} is due"), 0)
    return rounded(of(f"Price of a week late, {named}") * late / plain(WEEK), digits)


def _milestones(days: Sum, figures: Mapping[str, Amount], digits: int) -> Sum | None:
    known = [n for n in range(1, LARGEST_MILESTONE + 1) if f"Price of a week late, {MILESTONE.format(n)}" in figures]
    found: Sum | None = None
    for one in known:
        slip = _slips(days, one, digits)
        found = slip if found is None else found + slip
    return found


def _of_loss(name: str, level: str, figures: Mapping[str, Amount], digits: int) -> Iterator[Sum]:
    """The prices of losing the candidate at one level."""
    day, days = of(f"A day of the empty seat, {level}"), of(f"Days, {level}")
    if name == "A day of the empty seat":
        yield rounded(PAY * of(f"A day of the empty seat, % of a day's pay, {level}") / HUNDRED / plain(DAYS), digits)
    elif name == "A new search":
        yield rounded(PAY * of(f"Outlays of a new search, % of a year's pay, {level}") / HUNDRED, digits)
    elif name == "Panels once more":
        hours = of("Minutes of panels so far") * of(f"Panel hours spent once more, %, {level}") / HUNDRED
        yield rounded(PAY * (HUNDRED + CHARGE) / HUNDRED * hours / plain(MINUTES), digits)
    elif name == "Milestones that slip":
        slip = _milestones(days, figures, digits)
        if slip is not None:
            yield slip
    elif name == "The empty seat":
        yield day * days
    elif name == "Cost of losing":
        parts = [f"{part}, {level}" for part in PARTS_OF_LOSS if f"{part}, {level}" in figures]
        yield from [total(*parts)] if parts else []
        yield day * days + of(f"A new search, {level}")


def _multiples(label: str, figures: Mapping[str, Amount]) -> Iterator[Sum]:
    """Figures of some years, or of so many times another."""
    years = OF_YEARS.fullmatch(label)
    if years and years[1] == "Break-even":
        excess = of(f"Excess{years[2]} with on-cost")
        yield up(excess / of(DAY)) if label.endswith("days") else rounded(excess * HUNDRED / of("Cost of losing, middle"), 0)  # fmt: skip
    base = "Excess each year with on-cost" if years else MULTIPLES.get(label, "")
    if base in figures and number(figures[base]):
        times = Fraction(number(figures[label])) / Fraction(number(figures[base]))
        if times.denominator == 1 and 1 <= times <= MOST:
            yield of(base) * plain(int(times)) if times > 1 else of(base)


def _candidates(label: str, figures: Mapping[str, Amount]) -> Iterator[Sum]:
    yield from FIXED.get(label, ())
    digits = places(figures[label])
    if label in (whole := _rounded(digits)):
        yield whole[label]
    yield from _multiples(label, figures)
    if label == "A week of waiting":
        later, now = (_milestones(days, figures, digits) for days in (DAYS_MIDDLE + plain(WEEK), DAYS_MIDDLE))
        if later is not None and now is not None:
            yield of(DAY) * plain(WEEK) + later - now
    name, _, end = label.rpartition(", ")
    if end == "difference":
        yield of(name) - of(f"{name}, approved")
    if end in LEVELS:
        yield from _of_loss(name, end, figures, digits)
    offered = OFFERED.fullmatch(label)
    if offered:
        yield from (rounded(of(offered[1]) * of(one), digits) for one in figures if one.startswith("Rate, "))
    budgeted = BUDGETED.fullmatch(label)
    if budgeted:
        yield from (
            rounded(of(budgeted[1]) / of(one), digits) for one in figures if one.endswith(f" for 1 {budgeted[2]}")
        )
    if label.endswith(" at the midpoint"):
        yield of("Band midpoint")
    if label.endswith(", less than the request"):
        yield of("Asked base") - of("Band midpoint")
        yield of("Band midpoint") - of("Asked base")


def formula_of(label: str, figures: Mapping[str, Amount]) -> Sum | None:
    """The formula of a figure, None where it follows from no others on record; amounts of two currencies are never joined but by a rate."""
    own = figures[label]
    for one in _candidates(label, figures):
        needed = list(one.labels)
        if not needed or label in needed or any(name not in figures for name in needed):
            continue
        currencies = {figures[name].unit for name in [*needed, label] if is_money(figures[name])}
        turned = any(figures[name].unit == "rate" for name in needed)
        if (len(currencies) <= 1 or turned) and one.value(figures) == Fraction(number(own)):
            return one
    return None
