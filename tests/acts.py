"""Acts of people in tests: who, when, and in which company."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation.act import Moment
from recruiter.foundation.calendar import WorkingDays

NO_HOLIDAYS = WorkingDays(frozenset())


class CompanyPlace:
    """Where the company under test is; the fixture `company` says it."""

    zone = dt.UTC


def moment(now, *, zone=None, calendar=NO_HOLIDAYS):
    """An instant of the company under test, which is in UTC unless its fixture or a test says otherwise."""
    return Moment(now=now, zone=zone or CompanyPlace.zone, calendar=calendar)


def day_of(now):
    """The company's day of an instant."""
    return moment(now).today


def act_by(actor, *, now, zone=None, calendar=NO_HOLIDAYS):
    """What somebody does at an instant; nobody's act is a moment."""
    if actor is None:
        return moment(now, zone=zone, calendar=calendar)
    return moment(now, zone=zone, calendar=calendar).by(actor)
