"""Acts of the story: its company reads dates in UTC and keeps no public holidays."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation.act import Act, Actor, Moment
from recruiter.foundation.calendar import WorkingDays


def moment(now: dt.datetime) -> Moment:
    """An instant of the story in which nobody acts."""
    return Moment(now=now, zone=dt.UTC, calendar=WorkingDays())


def act_by(actor: Actor, *, now: dt.datetime) -> Act:
    """What somebody of the story does at an instant."""
    return moment(now).by(actor)
