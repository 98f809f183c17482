"""Amounts in what the record says: kept apart until a passage is whole, then shown evenly, cents in all of them or in none.

What people wrote has no part in it: words cannot hold the marks, so they stay as they were typed.
"""

from __future__ import annotations

import re

from recruiter.foundation.money import Money, evenly

FIRST, LAST = "\x02", "\x03"  # control characters, which no typed text has
MARK = re.compile(f"{FIRST}([A-Z]{{3}}) (-?[0-9]+){LAST}")


def format_amount(money: Money) -> str:
    """An amount inside of a passage that is not whole yet."""
    return f"{FIRST}{money.currency} {money.amount}{LAST}"


def finalise(passage: str) -> str:
    """A passage as people read it, every amount of one currency with the same decimals."""
    amounts = [Money(int(match[2]), match[1]) for match in MARK.finditer(passage)]
    format_evenly = evenly(amounts)
    return MARK.sub(lambda match: format_evenly(Money(int(match[2]), match[1])), passage)
