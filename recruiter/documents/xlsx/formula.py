"""Sums of figures: worked out exactly here, and written as a workbook has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from recruiter.documents.layout.value_text import number
from recruiter.documents.model import Amount

WEIGHT = {"+": 1, "-": 1, "*": 2, "/": 2}
NAMES = {"round": "ROUND", "up": "ROUNDUP", "max": "MAX", "min": "MIN"}


@dataclass(frozen=True)
class Formula:
    """A figure by its label (`of`), a whole number (`plain`), or what is made of others by an operator or a function."""

    kind: str
    label: str = ""
    whole: int = 0
    parts: tuple[Formula, ...] = ()

    def __add__(self, other: Formula) -> Formula:
        return Formula("+", parts=(self, other))

    def __sub__(self, other: Formula) -> Formula:
        return Formula("-", parts=(self, other))

    def __mul__(self, other: Formula) -> Formula:
        return Formula("*", parts=(self, other))

    def __truediv__(self, other: Formula) -> Formula:
        return Formula("/", parts=(self, other))

    @property
    def labels(self) -> Iterator[str]:
        """Every figure that it takes."""
        if self.kind == "of":
            yield self.label
        for part in self.parts:
            yield from part.labels

    def value(self, figures: Mapping[str, Amount]) -> Fraction | None:
        """What it gives, exactly; None where it divides by nothing."""
        if self.kind == "of":
            return Fraction(number(figures[self.label]))
        if self.kind == "plain":
            return Fraction(self.whole)
        values = [part.value(figures) for part in self.parts]
        known = [part_value for part_value in values if part_value is not None]
        if len(known) < len(values) or (self.kind == "/" and not known[1]):
            return None
        return _evaluate(self.kind, known)

    def written(self, cell: Callable[[str], str]) -> str:
        """As a workbook has it, without the sign before it; `cell` gives the place of a figure."""
        if self.kind == "of":
            return cell(self.label)
        if self.kind == "plain":
            return str(self.whole)
        if self.kind in NAMES:
            return f"{NAMES[self.kind]}({','.join(part.written(cell) for part in self.parts)})"
        left, right = self.parts
        strength = WEIGHT[self.kind]
        first, second = (part.written(cell) for part in self.parts)
        first = f"({first})" if WEIGHT.get(left.kind, 3) < strength else first
        needs_brackets = WEIGHT.get(right.kind, 3) < strength or (
            self.kind in "-/" and WEIGHT.get(right.kind, 3) == strength
        )
        return f"{first}{self.kind}" + (f"({second})" if needs_brackets else second)


def _evaluate(kind: str, operands: list[Fraction]) -> Fraction:
    first, second = operands
    if kind in WEIGHT:
        return {"+": first + second, "-": first - second, "*": first * second}[kind] if kind != "/" else first / second
    if kind in {"max", "min"}:
        return max(first, second) if kind == "max" else min(first, second)
    scale = 10 ** int(second)
    if kind == "up":
        return Fraction(ceil(first * scale), scale)
    # Workbooks round halves away from nothing, and nothing that is rounded here lies below it.
    return Fraction(floor(first * scale + Fraction(1, 2)), scale)


def figure(label: str) -> Formula:
    """A figure."""
    return Formula("of", label=label)


def whole_number(whole: int) -> Formula:
    """A whole number."""
    return Formula("plain", whole=whole)


def total(*labels: str) -> Formula:
    """The sum of figures."""
    result = figure(labels[0])
    for label in labels[1:]:
        result = result + figure(label)
    return result


def rounded(formula: Formula, digits: int) -> Formula:
    """Rounded to so many decimals, halves up."""
    return Formula("round", parts=(formula, whole_number(digits)))


def rounded_up(formula: Formula) -> Formula:
    """Rounded up to a whole number."""
    return Formula("up", parts=(formula, whole_number(0)))


def at_least(formula: Formula, lower: int) -> Formula:
    """The larger of it and a whole number."""
    return Formula("max", parts=(formula, whole_number(lower)))


def at_most(formula: Formula, upper: int) -> Formula:
    """The smaller of it and a whole number."""
    return Formula("min", parts=(formula, whole_number(upper)))
