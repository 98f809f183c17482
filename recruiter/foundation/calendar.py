"""Working days, Monday to Friday; public holidays come with the settings of a place."""

from __future__ import annotations

import datetime as dt

WEEKEND = 5


def add_working_days(start: dt.date, count: int) -> dt.date:
    """The date that lies `count` working days after start, before it where count is negative."""
    step = 1 if count > 0 else -1
    day = start
    left = abs(count)
    while left:
        day += dt.timedelta(days=step)
        if day.weekday() < WEEKEND:
            left -= 1
    return day
