"""Where the date of a promise is read: in the zone that it was made for, else in the zone of the company."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from recruiter.foundation.calendar import local_day
from recruiter.foundation.errors import RuleBroken


def local_date(zone: str, *, now: dt.datetime, today: dt.date) -> dt.date:
    """The day it is in a zone by its name; `today`, the day of the company, where none is named."""
    return local_day(now, ZoneInfo(zone)) if zone else today


def check(zone: str) -> str:
    """The name of a zone as it is kept; none is the zone of the company."""
    name = zone.strip()
    if name:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise RuleBroken.at("zone", "Enter a time zone by its name, like Europe/Lisbon.") from None
    return name
