"""Where the date of a promise is read: in the zone that it was made for, else in the zone of the company."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from recruiter.foundation.act import Moment
from recruiter.foundation.errors import RuleBroken


def local_date(zone: str, *, moment: Moment) -> dt.date:
    """The day it is in a zone by its name; that of the company where none is named."""
    return replace(moment, zone=ZoneInfo(zone)).today if zone else moment.today


def check(zone: str) -> str:
    """The name of a zone as it is kept; none is the zone of the company."""
    name = zone.strip()
    if name:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise RuleBroken.at("zone", "Enter a time zone by its name, like Europe/Lisbon.") from None
    return name
