"""Values as people read them: counts, days, amounts and places on the bench, formatted by Babel so that a second language is possible."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from decimal import Decimal

from recruiter.foundation.money import OPEN, Money, exponent

LANGUAGE = "en"
SAME_YEAR = dt.timedelta(days=183)  # nearer than that, nobody takes a day for another year's


def plural(count: int, singular: str, many: str = "") -> str:
    """A count with its noun: “1 search”, “2,400 searches”; `many` where the plural does not end in s."""
    from babel import Locale  # babel loads slowly, and commands must not wait for it
    from babel.numbers import format_decimal

    locale = Locale(LANGUAGE)
    noun = singular if locale.plural_form(count) == "one" else many or f"{singular}s"
    return f"{format_decimal(count, locale=locale)} {noun}"


def listing(parts: Sequence[str]) -> str:
    """Words in a row as a sentence names them: “Ines and Milo”, “Ines, Milo and Omar”."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


@functools.lru_cache(maxsize=2048)
def _format(date: dt.date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(date, pattern, locale=LANGUAGE)


def day(date: dt.date, *, today: dt.date) -> str:
    """A day as a page names it: “Tue 17 Nov”; “10 Nov 2028” where it is of another year and more than half a year off."""
    near = date.year == today.year or abs(date - today) < SAME_YEAR
    return _format(date, "EEE d MMM" if near else "d MMM y")


def dated(date: dt.date) -> str:
    """A day as mails name it, always with its year: “Tue 17 Nov 2026”."""
    return _format(date, "EEE d MMM y")


def paper_day(date: dt.date) -> str:
    """A day as a budget case names it, without its weekday: “17 Nov 2026”."""
    return _format(date, "d MMM y")


def day_or_today(date: dt.date, *, today: dt.date) -> str:
    """“today”, or the day as a page names it."""
    return "today" if date == today else day(date, today=today)


def at_time(instant: dt.datetime, *, zone: dt.tzinfo, today: dt.date) -> str:
    """An instant as a sentence says it, on the clock of the company: “at 16:51”, or “on Tue 24 Nov at 16:51”."""
    local = instant.astimezone(zone)
    on = "" if local.date() == today else f"on {_format(local.date(), 'EEE d MMM')} "
    return f"{on}at {local:%H:%M}"


def bench_place(position: int) -> str:
    """A place on the slate: “1st choice”, “Backup 1”."""
    return "1st choice" if position == 1 else f"Backup {position - 1}"


def typed_amount(amount: Money | None) -> str:
    """An amount as somebody types it into a form, in major units: “92,000”, “92,000.50”, “1,500.000” dinars; empty for none."""
    if amount is None:
        return ""
    value, digits = decimal_amount(amount), exponent(amount.currency)
    return f"{value:,.{digits}f}" if digits >= OPEN else f"{value:,f}"


def decimal_amount(amount: Money) -> Decimal:
    """An amount in major units, with decimals only where it has any beyond whole units: 92000, 92000.50."""
    digits = exponent(amount.currency)
    value = Decimal(amount.amount).scaleb(-digits)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
