"""Acts of the story: its company reads dates in UTC and keeps no public holidays."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation.act import Act, Actor, Moment
from recruiter.foundation.calendar import WorkingDays

CALENDAR = WorkingDays(frozenset())


def moment(now: dt.datetime) -> Moment:
    """An instant of the story in which nobody acts."""
    return Moment(now=now, zone=dt.UTC, calendar=CALENDAR)


def act_by(actor: Actor, *, now: dt.datetime, zone: dt.tzinfo = dt.UTC, calendar: WorkingDays = CALENDAR) -> Act:
    """What somebody of the story does at an instant."""
    return Act(actor=actor, now=now, zone=zone, calendar=calendar)
