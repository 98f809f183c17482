"""How a count is put into words: never a rate without its n, and none at all where n is small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from statistics import median

from recruiter.foundation import wording

ENOUGH = 20  # below this, one case more or less moves a rate by more than 5 points
GOAL_HOURS = 2.0
HOURS_OF_DAY = 24


def share(count: int, n: int) -> str:
    """“3 of 7”; with the rate from 20 on: “30 of 40 (75%)”; “none yet” where there is nothing to count."""
    if n == 0:
        return "none yet"
    return f"{count} of {n}" if n < ENOUGH else f"{count:,} of {n:,} ({100 * count / n:.0f}%)"


def caution(n: int, *, singular: str, plural: str = "") -> str:
    """What to say where a report stands on little; nothing from 20 on."""
    if n == 0:
        return f"There is no {singular} in this view yet, so there is nothing to count."
    if n < ENOUGH:
        return f"Only {wording.plural(n, singular, plural)}: read each case, and take no rate from so few."
    return ""


def duration_text(hours: float) -> str:
    """A stretch of time as people say it: “40 min”, “3.5 h”, “6.2 days”."""
    if hours < 1:
        return f"{hours * 60:.0f} min"
    return f"{hours:.1f} h" if hours < 2 * HOURS_OF_DAY else f"{hours / HOURS_OF_DAY:.1f} days"


def days_between(start: dt.datetime, end: dt.datetime) -> float:
    """How long something took, in days of 24 hours; never less than nothing."""
    return max((end - start) / dt.timedelta(days=1), 0.0)


def median_of(values: Sequence[float]) -> float | None:
    """The median, None where there is nothing."""
    return median(values) if values else None


def one_decimal(value: float | None) -> float | None:
    """A measured value as tables hold it, None where there is none."""
    return None if value is None else round(value, 1)
