"""Who acts and when: one value that every service is given, so that no room asks a clock or a calendar of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from recruiter.foundation.calendar import WorkingDays


class Actor(Protocol):
    """Somebody who can act: a person with an account, whatever table they come from."""

    id: int
    name: str
    email: str

    @property
    def role(self) -> str:
        """What the person does here, as accounts name it."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something happens, with the company's zone and working days; nobody acts, as when a job runs by itself.

    Args:
        now: the instant, aware of its zone.
        zone: the zone in which the company reads dates.
        calendar: the working days of the company.
    """

    now: dt.datetime
    zone: dt.tzinfo
    calendar: WorkingDays

    @property
    def today(self) -> dt.date:
        """The company's day, which is not always the day in UTC."""
        return self.day_of(self.now)

    @property
    def actor_id(self) -> int | None:
        """Who acts; None where something happens by itself."""
        return None

    def by(self, actor: Actor) -> Act:
        """The same instant as an act of somebody, who turned out to be the one who acts."""
        return Act(actor=actor, now=self.now, zone=self.zone, calendar=self.calendar)

    def day_of(self, instant: dt.datetime) -> dt.date:
        """The company's day of any instant."""
        return instant.astimezone(self.zone).date()


@dataclass(frozen=True, kw_only=True)
class Act(Moment):
    """One act of one person: who, when, and on which day of the company."""

    actor: Actor

    @property
    def actor_id(self) -> int:
        """The number of whoever acts."""
        return self.actor.id
