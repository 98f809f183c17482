"""Which days there are, and which are working days: Monday to Friday without public holidays, those of a country and those that a company names itself."""

from __future__ import annotations

import datetime as dt
import functools
from calendar import monthrange
from dataclasses import dataclass, field

WEEKEND = 5
FIRST_YEAR, LAST_YEAR = 2000, 2099
OUTSIDE = f"Enter a date from {FIRST_YEAR} to {LAST_YEAR}, like 2026-11-24."


def is_in_calendar(day: dt.date) -> bool:
    """Whether a day, or a moment on its own clock, lies in the years that are written down here: 2000 to 2099 (SPEC, Limits)."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def day_from(text: str) -> dt.date:
    """A day as files, settings and addresses spell it, like 2026-11-24. Raises ValueError for any other text or century."""
    day = dt.date.fromisoformat(text)
    if not is_in_calendar(day):
        raise ValueError(OUTSIDE)
    return day


def day_with_time(text: str) -> dt.date:
    """The day of a cell in which the time may stand too, like 2026-11-24T09:30:00+01:00. Raises ValueError like `day_from`."""
    moment = dt.datetime.fromisoformat(text)
    if not is_in_calendar(moment):
        raise ValueError(OUTSIDE)
    return moment.date()


def local_day(instant: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The day on the clock of one place: an interviewer's, a candidate's. The company's is `act.day_of`."""
    return instant.astimezone(zone).date()


@functools.lru_cache(maxsize=256)
def _public_holidays(country: str, region: str, year: int) -> frozenset[dt.date]:
    import holidays  # loads slowly, and a company without a country never needs it

    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))


def check_country(country: str, region: str) -> None:
    """Refuse a country or region whose public holidays nobody knows. Raises ValueError with what is known."""
    import holidays

    known = holidays.list_supported_countries()
    if country not in known:
        raise ValueError(f"RECRUITER_HOLIDAYS_COUNTRY is a country's two letters, like DE or NZ, not {country!r}.")
    if region and region not in known[country]:
        regions = ", ".join(known[country]) or "none"
        raise ValueError(f"RECRUITER_HOLIDAYS_REGION is a region of {country} ({regions}), not {region!r}.")


@dataclass(frozen=True)
class WorkingDays:
    """The calendar of a place: its public holidays beside the weekends.

    Args:
        holidays: days off that a company names itself.
        country: whose public holidays are days off too, as two letters (ISO 3166-1); empty for none.
        region: the part of the country whose holidays count (ISO 3166-2 without the country); empty for those of the whole.
    """

    holidays: frozenset[dt.date] = field(default_factory=frozenset)
    country: str = ""
    region: str = ""

    def is_working(self, day: dt.date) -> bool:
        """Whether people work on a day."""
        return day.weekday() < WEEKEND and day not in self.holidays and day not in self.public_holidays(day.year)

    def public_holidays(self, year: int) -> frozenset[dt.date]:
        """The public holidays of a year where the company is; none where it has named no country."""
        return _public_holidays(self.country, self.region, year) if self.country else frozenset()

    def days_off(self, start: dt.date, end: dt.date) -> list[dt.date]:
        """Holidays from one date to another, both of them included, in order."""
        public = {day for year in range(start.year, end.year + 1) for day in self.public_holidays(year)}
        return sorted(day for day in public | self.holidays if start <= day <= end)

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


def after_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, dt.MAXYEAR)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
