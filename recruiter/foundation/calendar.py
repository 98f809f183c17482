"""Working days: Monday to Friday without the public holidays that the settings of a place name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

WEEKEND = 5


def local_day(instant: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The day on the clock of one place: an interviewer's, a candidate's. The company's is `act.day_of`."""
    return instant.astimezone(zone).date()


def dated(day: dt.date) -> str:
    """A day as mails and documents name it, always with its year: “Tue 17 Nov 2026”."""
    return f"{day:%a} {day.day} {day:%b %Y}"


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of a place: its public holidays beside the weekends."""

    holidays: frozenset[dt.date] = field(default_factory=frozenset)

    def is_working(self, day: dt.date) -> bool:
        """Whether people work on a day."""
        return day.weekday() < WEEKEND and day not in self.holidays

    def add(self, start: dt.date, count: int) -> dt.date:
        """The date that lies `count` working days after start, before it where count is negative."""
        step = 1 if count > 0 else -1
        day = start
        left = abs(count)
        while left:
            day += dt.timedelta(days=step)
            if self.is_working(day):
                left -= 1
        return day

    def on_or_after(self, day: dt.date) -> dt.date:
        """A day where it is a working day, else the next one."""
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day


WEEKDAYS = WorkingDays()


def add_working_days(start: dt.date, count: int) -> dt.date:
    """The date that lies `count` working days after start where no public holidays are known."""
    return WEEKDAYS.add(start, count)
