"""How values are written in a document: amounts, dates, counts."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from recruiter.documents.model import Amount, Claim
from recruiter.foundation import money, wording

PLAIN_UNITS = frozenset({"days", "count", "ratio", "points", "rate"})
MINUS = "\u2212"
FROM_RIGHT = frozenset({"R", "AL"})
ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def is_money(amount: Amount) -> bool:
    """Whether the unit is a currency."""
    return amount.unit not in PLAIN_UNITS


def places(amount: Amount) -> int:
    """How many decimals the number can have: those of its currency, two for ratios and points, its own for a rate, else none."""
    if is_money(amount):
        return money.exponent(amount.unit)
    if amount.unit == "rate":
        return max(-int(number(amount).normalize().as_tuple().exponent), 2)
    return 2 if amount.unit in {"ratio", "points"} else 0


def number(amount: Amount) -> Decimal:
    """The value as people count it: money in major units."""
    if is_money(amount):
        return Decimal(int(amount.value)).scaleb(-places(amount))
    return Decimal(str(amount.value))


def _money(amount: Amount) -> money.Money:
    return money.Money(int(amount.value), amount.unit)


def format_amount(amount: Amount, *, cents: bool = False) -> str:
    """An amount as people read it: “EUR 92,000”, “61 days”, “1.08”; a true minus sign, `cents` only where there are any or where asked."""
    if is_money(amount):
        return money.show(_money(amount), cents=cents).replace(" ", "\u00a0")
    value = number(amount)
    digits = places(amount)
    if value != value.to_integral_value() and not digits:
        digits = 1
    text = f"{abs(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)):,.{digits}f}"
    sign = MINUS if value < 0 else ""
    if amount.unit == "days":
        return f"{sign}{text}\u00a0{'day' if abs(value) == 1 else 'days'}"
    return sign + text


def even_format(amounts: Iterable[Amount]) -> Callable[[Amount], str]:
    """How amounts that stand together are shown, by the rule of `money.evenly`; other figures as they are."""
    parted = parted_among(amounts)
    return lambda amount: format_amount(amount, cents=amount.unit in parted)


def parted_among(amounts: Iterable[Amount]) -> frozenset[str]:
    """The currencies in which some of the amounts are not whole."""
    return money.parted(_money(amount) for amount in amounts if is_money(amount))


def day(text: str | None) -> dt.date | None:
    """The day at the beginning of an ISO date or moment; None for other text."""
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def file_date(text: str) -> dt.datetime:
    """The moment that a file bears: the beginning of the day of its case, never the clock."""
    return dt.datetime.combine(day(text) or dt.date(2000, 1, 1), dt.time())


def long_date(text: str | None) -> str:
    """A date as documents write it, “23 Nov 2026”; other text as it stands."""
    date = day(text)
    return wording.paper_day(date) if date else text or ""


def sentence(status: str) -> str:
    """A status as people read it: “Changes requested” for `changes_requested`."""
    plain = status.replace("_", " ").strip()
    return plain[:1].upper() + plain[1:]


def from_right(text: str) -> bool:
    """Whether words begin in a script that runs from the right and are for the most part of it; a name alone turns no sentence round."""
    letters = [unicodedata.bidirectional(letter) in FROM_RIGHT for letter in text if letter.isalpha()]
    return bool(letters) and letters[0] and 2 * sum(letters) > len(letters)


def direction(text: str) -> str:
    """The direction of words, as pages name it."""
    return "rtl" if from_right(text) else "ltr"


def source_line(claim: Claim) -> str:
    """Where a claim comes from, in one line."""
    parts = [claim.source, claim.by or "", long_date(claim.at)]
    if claim.count is not None:
        parts.append(f"n = {claim.count}")
    period = claim.period or ""
    parts.append(ISO_DAY.sub(lambda match: long_date(match.group()), period))
    return " · ".join(part for part in parts if part)
