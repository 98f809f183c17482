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
class Sum:
    """A figure by its label (`of`), a whole number (`plain`), or what is made of others by an operator or a function."""

    kind: str
    label: str = ""
    whole: int = 0
    parts: tuple[Sum, ...] = ()

    def __add__(self, other: Sum) -> Sum:
        return Sum("+", parts=(self, other))

    def __sub__(self, other: Sum) -> Sum:
        return Sum("-", parts=(self, other))

    def __mul__(self, other: Sum) -> Sum:
        return Sum("*", parts=(self, other))

    def __truediv__(self, other: Sum) -> Sum:
        return Sum("/", parts=(self, other))

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
        found = [part.value(figures) for part in self.parts]
        whole = [one for one in found if one is not None]
        if len(whole) < len(found) or (self.kind == "/" and not whole[1]):
            return None
        return _made(self.kind, whole)

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
        tight = WEIGHT.get(right.kind, 3) < strength or (self.kind in "-/" and WEIGHT.get(right.kind, 3) == strength)
        return f"{first}{self.kind}" + (f"({second})" if tight else second)


def _made(kind: str, given: list[Fraction]) -> Fraction:
    one, other = given
    if kind in WEIGHT:
        return {"+": one + other, "-": one - other, "*": one * other}[kind] if kind != "/" else one / other
    if kind in {"max", "min"}:
        return max(one, other) if kind == "max" else min(one, other)
    scale = 10 ** int(other)
    if kind == "up":
        return Fraction(ceil(one * scale), scale)
    # Workbooks round halves away from nothing, and nothing that is rounded here lies below it.
    return Fraction(floor(one * scale + Fraction(1, 2)), scale)


def of(label: str) -> Sum:
    """A figure."""
    return Sum("of", label=label)


def plain(whole: int) -> Sum:
    """A whole number."""
    return Sum("plain", whole=whole)


def total(*labels: str) -> Sum:
    """The sum of figures."""
    found = of(labels[0])
    for one in labels[1:]:
        found = found + of(one)
    return found


def rounded(given: Sum, digits: int) -> Sum:
    """Rounded to so many decimals, halves up."""
    return Sum("round", parts=(given, plain(digits)))


def up(given: Sum) -> Sum:
    """Rounded up to a whole number."""
    return Sum("up", parts=(given, plain(0)))


def most(given: Sum, least: int) -> Sum:
    """The larger of it and a whole number."""
    return Sum("max", parts=(given, plain(least)))


def least(given: Sum, largest: int) -> Sum:
    """The smaller of it and a whole number."""
    return Sum("min", parts=(given, plain(largest)))
