"""Which figures of a case follow from others, as formulas of a workbook: each only where it gives the figure on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from recruiter.documents.model import Amount
from recruiter.documents.wording import is_money, number

LEVELS = ("low", "middle", "high")
RATIO_DIGITS = 4
MOST = 366  # a yearly figure is at most so many times one of a shorter interval
PARTS_OF_LOSS = ("The empty seat", "A new search", "Panels once more", "Milestones that slip")
YEARLY = ("Base of a year", "Target variable of a year", "Equity of a year", "On-cost of a year")


@dataclass(frozen=True)
class Term:
    """A product of figures, by their labels, with a whole factor."""

    labels: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True)
class Formula:
    """A sum of terms, over another where there is one; a ratio is rounded to `digits`, or up to a whole number (`up`)."""

    over: tuple[Term, ...]
    under: tuple[Term, ...] = ()
    digits: int | None = None
    up: bool = False

    @property
    def labels(self) -> Iterator[str]:
        """Every figure it takes."""
        for term in (*self.over, *self.under):
            yield from term.labels

    def value(self, figures: Mapping[str, Amount]) -> Fraction | None:
        """What it gives, exactly; None where it divides by nothing."""
        above, below = (_sum(terms, figures) for terms in (self.over, self.under))
        if self.under and not below:
            return None
        found = above / below if self.under else above
        if self.up:
            return Fraction(ceil(found))
        # Workbooks round halves away from nothing, and no ratio here is below nothing.
        scale = 10 ** (self.digits or 0)
        return Fraction(floor(found * scale + Fraction(1, 2)), scale) if self.digits is not None else found

    def written(self, cell: Callable[[str], str]) -> str:
        """The formula as a workbook has it; `cell` gives the place of a figure."""
        found = _written(self.over, cell)
        if self.under:
            found = f"({found})/({_written(self.under, cell)})"
        if self.up:
            return f"=ROUNDUP({found},0)"
        return f"=ROUND({found},{self.digits})" if self.digits is not None else f"={found}"


def _sum(terms: Sequence[Term], figures: Mapping[str, Amount]) -> Fraction:
    whole = Fraction(0)
    for term in terms:
        product = Fraction(term.times)
        for label in term.labels:
            product *= Fraction(number(figures[label]))
        whole += product
    return whole


def _written(terms: Sequence[Term], cell: Callable[[str], str]) -> str:
    found = ""
    for term in terms:
        times = [str(abs(term.times))] if abs(term.times) != 1 else []
        found += ("-" if term.times < 0 else "+" if found else "") + "*".join([*map(cell, term.labels), *times])
    return found


def plus(*labels: str) -> tuple[Term, ...]:
    """The sum of figures; “-” before a label takes it away."""
    return tuple(Term((one.removeprefix("-"),), -1 if one.startswith("-") else 1) for one in labels)


DAY = "A day of the empty seat, middle"
COMPA = Formula(plus("Asked base"), plus("Band midpoint"), digits=RATIO_DIGITS)
PENETRATION = Formula(plus("Asked base", "-Band minimum"), plus("Band maximum", "-Band minimum"), digits=RATIO_DIGITS)
SHARE = Formula(plus("Excess"), plus("Band maximum"), digits=RATIO_DIGITS)
FIXED: dict[str, tuple[Formula, ...]] = {
    "Excess": (Formula(plus("Asked base", "-Band maximum")),),
    "First year above the band": (Formula(plus("Excess each year", "Paid once")),),
    "Run rate each year": (Formula(plus(*YEARLY)),),
    "First year, all in": (Formula(plus("Run rate each year", "Paid once")),),
    "Compa-ratio": (COMPA,),
    "Range penetration": (PENETRATION,),
    "Reopen the search": (Formula(plus("Cost of losing, middle")),),
    "Break-even, days": (
        Formula(plus("Excess each year with on-cost"), plus(DAY), up=True),
        Formula(plus("Excess each year"), plus(DAY), up=True),
    ),
}
MULTIPLES = {
    "Excess each year": "Excess",
    "A one-off instead of base": "Excess each year",
    "A week of waiting": DAY,
}
OF_YEARS = re.compile(r"(Excess|Break-even)( of \d+ years?)(?: with on-cost|, days)")


def _candidates(label: str, figures: Mapping[str, Amount]) -> Iterator[Formula]:
    yield from FIXED.get(label, ())
    years = OF_YEARS.fullmatch(label)
    if years and years[1] == "Break-even":
        yield Formula(plus(f"Excess{years[2]} with on-cost"), plus(DAY), up=True)
    base = "Excess each year with on-cost" if years else MULTIPLES.get(label, "")
    if base in figures and number(figures[base]):
        times = Fraction(number(figures[label])) / Fraction(number(figures[base]))
        if times.denominator == 1 and 1 <= times <= MOST:
            yield Formula((Term((base,), int(times)),))
    name, _, level = label.rpartition(", ")
    if level in LEVELS:
        day = Term((f"A day of the empty seat, {level}", f"Days, {level}"))
        if name == "The empty seat":
            yield Formula((day,))
        elif name == "Cost of losing":
            yield Formula(plus(*(f"{part}, {level}" for part in PARTS_OF_LOSS if f"{part}, {level}" in figures)))
            yield Formula((day, *plus(f"A new search, {level}")))
    if label.endswith(" at the midpoint"):
        yield Formula(plus("Band midpoint"))
    if label.endswith(", less than the request"):
        yield Formula(plus("Asked base", "-Band midpoint"))
        yield Formula(plus("Band midpoint", "-Asked base"))


def formula_of(label: str, figures: Mapping[str, Amount]) -> Formula | None:
    """The formula of a figure, None where it follows from no others on record; amounts of two currencies are never joined."""
    own = figures[label]
    for one in _candidates(label, figures):
        needed = list(one.labels)
        if not needed or label in needed or any(name not in figures for name in needed):
            continue
        currencies = {figures[name].unit for name in [*needed, label] if is_money(figures[name])}
        if len(currencies) <= 1 and one.value(figures) == Fraction(number(own)):
            return one
    return None
