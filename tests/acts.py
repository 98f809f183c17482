"""Acts of people in tests: who, when, and in which company."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation.act import Act, Moment
from recruiter.foundation.calendar import WorkingDays

NO_HOLIDAYS = WorkingDays(frozenset())


def moment(now, *, zone=dt.UTC, calendar=NO_HOLIDAYS):
    """An instant of a company that is in UTC unless a test says otherwise."""
    return Moment(now=now, zone=zone, calendar=calendar)


def act_by(actor, *, now, zone=dt.UTC, calendar=NO_HOLIDAYS):
    """What somebody does at an instant; nobody's act is a moment."""
    if actor is None:
        return moment(now, zone=zone, calendar=calendar)
    return Act(actor=actor, now=now, zone=zone, calendar=calendar)
