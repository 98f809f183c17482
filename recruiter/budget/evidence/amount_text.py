"""Amounts in what the record says: kept apart until a passage is whole, then shown evenly, cents in all of them or in none.

What people wrote has no part in it: words cannot hold the marks, so they stay as they were typed.
"""

from __future__ import annotations

import re

from recruiter.foundation.money import Money, evenly

FIRST, LAST = "\x02", "\x03"  # control characters, which no typed text has
MARK = re.compile(f"{FIRST}([A-Z]{{3}}) (-?[0-9]+){LAST}")


def said(money: Money) -> str:
    """An amount inside of a passage that is not whole yet."""
    return f"{FIRST}{money.currency} {money.amount}{LAST}"


def whole(passage: str) -> str:
    """A passage as people read it, every amount of one currency with the same decimals."""
    found = [Money(int(one[2]), one[1]) for one in MARK.finditer(passage)]
    shown = evenly(found)
    return MARK.sub(lambda one: shown(Money(int(one[2]), one[1])), passage)
