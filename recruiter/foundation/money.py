"""Money as integers of the smallest unit with a currency; sums never cross currencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

LARGEST = 10**15
OPEN = 3  # decimals of a currency from which a grouped number can be taken for one with decimals


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
    """An amount as people read it: “EUR 92,000”, cents only where there are any or where asked, a true minus sign.

    In a currency of three decimals they always stand there: “KWD 1,500” is one and a half to some and fifteen hundred to others.
    """
    if money is None:
        return ""
    digits = exponent(money.currency)
    whole, part = divmod(abs(money.amount), 10**digits)
    text = f"{whole:,}" + (f".{part:0{digits}d}" if part or (cents and digits) or digits >= OPEN else "")
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


def quotient(numerator: int, denominator: int) -> int:
    """A whole number of minor units: the quotient rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)
