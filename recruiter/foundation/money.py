"""Money as integers of the smallest unit with a currency; sums never cross currencies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

LARGEST = 10**15


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


def show(money: Money | None, *, signed: bool = False) -> str:
    """An amount as people read it: “EUR 92,000”, cents only where there are any, a true minus sign."""
    if money is None:
        return ""
    digits = exponent(money.currency)
    whole, part = divmod(abs(money.amount), 10**digits)
    text = f"{whole:,}" + (f".{part:0{digits}d}" if part else "")
    sign = "\u2212" if money.amount < 0 else "+" if signed and money.amount > 0 else ""
    return f"{sign}{money.currency} {text}"


def parse(text: str, *, currency: str) -> Money:
    """Read an amount that somebody typed: “92,000”, “92 000.50”. Raises ValueError with a sentence that says how to type it."""
    cleaned = text.strip().replace(",", "").replace("\u00a0", "").replace(" ", "").removeprefix(currency)
    try:
        value = Decimal(cleaned) if cleaned.isascii() and "_" not in cleaned else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    digits = exponent(currency)
    minor = value * 10**digits if value.is_finite() else Decimal("NaN")
    if not minor.is_finite() or abs(minor) > LARGEST or minor != minor.to_integral_value():
        raise ValueError("Enter the amount as a number, like 204,000.")
    return Money(int(minor), currency)
