"""Which figures of a case follow from others, as formulas of a workbook: each only where it gives the figure on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from recruiter.documents.layout.value_text import is_money, number, places
from recruiter.documents.model import Amount
from recruiter.documents.xlsx.formula import (
    Formula,
    at_least,
    at_most,
    figure,
    rounded,
    rounded_up,
    total,
    whole_number,
)

LEVELS = ("low", "middle", "high")
RATIO_DIGITS = 4
MOST = 366  # a yearly figure is at most so many times one of a shorter interval
YEAR, WEEK, DAYS, MINUTES = 12, 7, 365, 60 * 2080
PARTS_OF_LOSS = ("The empty seat", "A new search", "Panels once more", "Milestones that slip")
YEARLY = ("Base of a year", "Target variable of a year", "Equity of a year", "On-cost of a year")
CHARGE, PAY, HUNDRED = figure("Employer on-cost, % of pay"), figure("A year's pay at the midpoint"), whole_number(100)
DAY, DAYS_MIDDLE = "A day of the empty seat, middle", figure("Days, middle")
MILESTONE = "milestone {}"
LARGEST_MILESTONE = 2

COMPA = rounded(figure("Asked base") / figure("Band midpoint"), RATIO_DIGITS)
PENETRATION = rounded(
    (figure("Asked base") - figure("Band minimum")) / (figure("Band maximum") - figure("Band minimum")), RATIO_DIGITS
)
SHARE = rounded(figure("Excess") / figure("Band maximum"), RATIO_DIGITS)
FIXED: dict[str, tuple[Formula, ...]] = {
    "Excess": (figure("Asked base") - figure("Band maximum"),),
    "First year above the band": (total("Excess each year", "Paid once"),),
    "Run rate each year": (total(*YEARLY),),
    "Run rate each year, approved": (total(*(f"{label}, approved" for label in YEARLY)),),
    "First year, all in": (
        total("Run rate each year", "Sign-on with on-cost, once"),
        total("Run rate each year", "Paid once"),
    ),
    "First year, all in, approved": (total("Run rate each year, approved", "Sign-on with on-cost, once, approved"),),
    "Target variable of a year, approved": (figure("Target variable of a year"),),
    "Equity of a year, approved": (figure("Equity of a year"),),
    "Compa-ratio": (COMPA,),
    "Range penetration": (PENETRATION,),
    "Request to median": (rounded(figure("Asked base") / figure("Median base of the group"), RATIO_DIGITS),),
    "Above the bar": (figure("Score") - figure("The bar"),),
    "Reopen the search": (figure("Cost of losing, middle"),),
    "Colleagues who are silent": (figure("Colleagues asked") - figure("Colleagues who answered"),),
    "Break-even, days": (
        rounded_up(figure("Excess each year with on-cost") / figure(DAY)),
        rounded_up(figure("Excess each year") / figure(DAY)),
    ),
    "Break-even, times in 100": (
        rounded(figure("Excess of 1 year with on-cost") * HUNDRED / figure("Cost of losing, middle"), 0),
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


def _on_cost_of(pay: Formula, digits: int) -> Formula:
    return rounded(pay * CHARGE / HUNDRED, digits)


def _rounded_formulas(digits: int) -> dict[str, Formula]:
    """The figures that are rounded to a minor unit."""
    requested, approved = (
        total(f"Base of a year{suffix}", f"Target variable of a year{suffix}") for suffix in ("", ", approved")
    )
    yearly, once, remedy = figure("Excess each year"), figure("Paid once"), figure("Remedy each year")
    remedy_now = figure("Remedy now, with on-cost, next 12 months")
    months, later = figure("Months until the next pay cycle"), figure("Months until a later review")
    return {
        "On-cost of a year": _on_cost_of(requested, digits),
        "On-cost of a year, approved": _on_cost_of(approved, digits),
        "Sign-on with on-cost, once": once + _on_cost_of(once, digits),
        "Excess each year with on-cost": yearly + _on_cost_of(yearly, digits),
        "Remedy now, with on-cost, next 12 months": remedy + _on_cost_of(remedy, digits),
        "Remedy at the next pay cycle, next 12 months": rounded(
            remedy_now * at_least(whole_number(YEAR) - months, 0) / whole_number(YEAR), digits
        ),
        "A later review, saved in the first year": rounded(yearly * at_most(later, YEAR) / whole_number(YEAR), digits),
    }


def _slips(days: Formula, number_of: int, digits: int) -> Formula:
    milestone = MILESTONE.format(number_of)
    late = at_least(days - figure(f"Days until {milestone} is due"), 0)
    return rounded(figure(f"Price of a week late, {milestone}") * late / whole_number(WEEK), digits)


def _milestones(days: Formula, figures: Mapping[str, Amount], digits: int) -> Formula | None:
    numbers = [n for n in range(1, LARGEST_MILESTONE + 1) if f"Price of a week late, {MILESTONE.format(n)}" in figures]
    total_slip: Formula | None = None
    for milestone_number in numbers:
        slip = _slips(days, milestone_number, digits)
        total_slip = slip if total_slip is None else total_slip + slip
    return total_slip


def _loss_formulas(name: str, level: str, figures: Mapping[str, Amount], digits: int) -> Iterator[Formula]:
    """The prices of losing the candidate at one level."""
    day, days = figure(f"A day of the empty seat, {level}"), figure(f"Days, {level}")
    if name == "A day of the empty seat":
        yield rounded(
            PAY * figure(f"A day of the empty seat, % of a day's pay, {level}") / HUNDRED / whole_number(DAYS), digits
        )
    elif name == "A new search":
        yield rounded(PAY * figure(f"Outlays of a new search, % of a year's pay, {level}") / HUNDRED, digits)
    elif name == "Panels once more":
        hours = figure("Minutes of panels so far") * figure(f"Panel hours spent once more, %, {level}") / HUNDRED
        yield rounded(PAY * (HUNDRED + CHARGE) / HUNDRED * hours / whole_number(MINUTES), digits)
    elif name == "Milestones that slip":
        slip = _milestones(days, figures, digits)
        if slip is not None:
            yield slip
    elif name == "The empty seat":
        yield day * days
    elif name == "Cost of losing":
        parts = [f"{part}, {level}" for part in PARTS_OF_LOSS if f"{part}, {level}" in figures]
        yield from [total(*parts)] if parts else []
        yield day * days + figure(f"A new search, {level}")


def _multiples(label: str, figures: Mapping[str, Amount]) -> Iterator[Formula]:
    """Figures of some years, or of so many times another."""
    years = OF_YEARS.fullmatch(label)
    if years and years[1] == "Break-even":
        excess = figure(f"Excess{years[2]} with on-cost")
        yield rounded_up(excess / figure(DAY)) if label.endswith("days") else rounded(excess * HUNDRED / figure("Cost of losing, middle"), 0)  # fmt: skip
    base = "Excess each year with on-cost" if years else MULTIPLES.get(label, "")
    if base in figures and number(figures[base]):
        times = Fraction(number(figures[label])) / Fraction(number(figures[base]))
        if times.denominator == 1 and 1 <= times <= MOST:
            yield figure(base) * whole_number(int(times)) if times > 1 else figure(base)


def _candidate_formulas(label: str, figures: Mapping[str, Amount]) -> Iterator[Formula]:
    yield from FIXED.get(label, ())
    digits = places(figures[label])
    if label in (rounded_formulas := _rounded_formulas(digits)):
        yield rounded_formulas[label]
    yield from _multiples(label, figures)
    if label == "A week of waiting":
        later, now = (_milestones(days, figures, digits) for days in (DAYS_MIDDLE + whole_number(WEEK), DAYS_MIDDLE))
        if later is not None and now is not None:
            yield figure(DAY) * whole_number(WEEK) + later - now
    name, _, suffix = label.rpartition(", ")
    if suffix == "difference":
        yield figure(name) - figure(f"{name}, approved")
    if suffix in LEVELS:
        yield from _loss_formulas(name, suffix, figures, digits)
    offered_match = OFFERED.fullmatch(label)
    if offered_match:
        yield from (
            rounded(figure(offered_match[1]) * figure(rate_label), digits)
            for rate_label in figures
            if rate_label.startswith("Rate, ")
        )
    budget_match = BUDGETED.fullmatch(label)
    if budget_match:
        yield from (
            rounded(figure(budget_match[1]) / figure(rate_label), digits)
            for rate_label in figures
            if rate_label.endswith(f" for 1 {budget_match[2]}")
        )
    if label.endswith(" at the midpoint"):
        yield figure("Band midpoint")
    if label.endswith(", less than the request"):
        yield figure("Asked base") - figure("Band midpoint")
        yield figure("Band midpoint") - figure("Asked base")


def formula_of(label: str, figures: Mapping[str, Amount]) -> Formula | None:
    """The formula of a figure, None where it follows from no others on record; amounts of two currencies are never joined but by a rate."""
    own = figures[label]
    for candidate in _candidate_formulas(label, figures):
        needed = list(candidate.labels)
        if not needed or label in needed or any(name not in figures for name in needed):
            continue
        currencies = {figures[name].unit for name in [*needed, label] if is_money(figures[name])}
        by_rate = any(figures[name].unit == "rate" for name in needed)
        if (len(currencies) <= 1 or by_rate) and candidate.value(figures) == Fraction(number(own)):
            return candidate
    return None
