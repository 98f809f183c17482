"""Money as integers of the smallest unit with a currency; sums never cross currencies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LARGEST = 10**15
GROUP = 3  # digits between the signs of a long number


@dataclass(frozen=True, order=False)
class Money:
    """An amount in minor units (cents for EUR, yen for JPY) of an ISO 4217 currency."""

    amount: int
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.amount <= other.amount

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(
                f"{self.currency} and {other.currency} cannot be added or compared without a rate and its date"
            )


def exponent(currency: str) -> int:
    """How many digits the minor unit of a currency has (2 for EUR, 0 for JPY, 3 for KWD); ISO 4217 through CLDR."""
    from babel.numbers import get_currency_precision  # babel loads slowly

    return get_currency_precision(currency)


def is_currency(code: str) -> bool:
    """Whether a code is a currency of ISO 4217."""
    from babel.numbers import is_currency as known

    return bool(len(code) == 3 and code.isupper() and known(code, "en"))  # noqa: PLR2004  # ISO 4217 codes have three letters


def show(money: Money | None, *, signed: bool = False, cents: bool = False) -> str:
    """An amount as people read it: “EUR 92,000”, cents only where there are any or where asked, a true minus sign."""
    if money is None:
        return ""
    digits = exponent(money.currency)
    whole, part = divmod(abs(money.amount), 10**digits)
    text = f"{whole:,}" + (f".{part:0{digits}d}" if part or (cents and digits) else "")
    sign = "\u2212" if money.amount < 0 else "+" if signed and money.amount > 0 else ""
    return f"{sign}{money.currency} {text}"


def parted(moneys: Iterable[Money | None]) -> frozenset[str]:
    """The currencies in which some of the amounts are not whole, each for itself: one in dollars gives no cents to those in euros."""
    return frozenset(
        money.currency for money in moneys if money is not None and money.amount % 10 ** exponent(money.currency)
    )


def evenly(moneys: Iterable[Money | None]) -> Callable[[Money | None], str]:
    """How amounts that stand together are shown: without decimals where all are whole, else each with those of its currency."""
    with_cents = parted(moneys)
    return lambda money: show(money, cents=money is not None and money.currency in with_cents)


def parse(text: str, *, currency: str) -> Money:
    """Read an amount as people type it, whichever of comma and point they group with: “92,000”, “92.000,50”, “92 000.50”.

    A separator before exactly three last digits groups, unless the currency has three decimals and it is a point. Raises
    ValueError with a sentence that says how to type it.
    """
    cleaned = text.strip().removeprefix(currency).removesuffix(currency).strip("€$£¥ \u00a0\u202f")
    sign = -1 if cleaned[:1] in {"-", "\u2212"} else 1
    plain = re.sub("[ \u00a0\u202f\u2009'\u2019]", "", cleaned[1:] if sign < 0 else cleaned)
    digits = exponent(currency)
    parts = _whole_and_part(plain, digits)
    if parts is None or (minor := int(parts[0]) * 10**digits + int(parts[1].ljust(digits, "0") or "0")) > LARGEST:
        raise ValueError("Enter the amount as a number, like 204,000.")
    return Money(sign * minor, currency)


def _whole_and_part(plain: str, digits: int) -> tuple[str, str] | None:
    """The digits before and after the decimal sign; None where the text is no amount."""
    if not re.fullmatch(r"[0-9]{1,20}([.,][0-9]{1,20}){0,6}", plain):
        return None
    marks = re.findall(r"[.,]", plain)
    groups = re.split(r"[.,]", plain)
    decimal = bool(marks) and marks.count(marks[-1]) == 1  # a sign that stands twice can only group
    if decimal and len(set(marks)) == 1:
        decimal = len(groups[-1]) != GROUP or (digits == GROUP and marks[-1] == ".")
    part = groups.pop() if decimal else ""
    if len(set(marks[: len(groups) - 1])) > 1 or len(part) > digits:
        return None
    inner = groups[1:]
    grouped = not inner or (len(inner[-1]) == GROUP and all(len(group) in {2, GROUP} for group in inner))
    return ("".join(groups), part) if grouped else None


def quotient(numerator: int, denominator: int) -> int:
    """A whole number of minor units: the quotient rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)
