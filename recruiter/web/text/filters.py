"""How dates, money and figures read on pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from recruiter.foundation import calendar
from recruiter.foundation import money as money_values
from recruiter.pipeline.models import ApplicationStatus
from recruiter.web.request import guard

if TYPE_CHECKING:
    from flask import Flask

MINUS = "\u2212"
STANDS = {
    ApplicationStatus.ACTIVE: "In the running",
    ApplicationStatus.HIRED: "Hired",
    ApplicationStatus.REJECTED: "Closed",
    ApplicationStatus.WITHDRAWN: "Withdrew",
}
HALF_A_YEAR = dt.timedelta(days=183)  # nearer than that, nobody takes it for another year's


def day(value: dt.date | None, today: dt.date | None = None) -> str:
    """“Tue 17 Nov”; with the year, “10 Nov 2028”, where it is another one than today's and more than half a year off.

    A moment is told by its day in the zone of the company.
    """
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(guard.settings().zone).date()
    here = today or guard.today()
    near = value.year == here.year or abs(value - here) < HALF_A_YEAR
    return f"{value:%a} {value.day} {value:%b}" if near else f"{value.day} {value:%b %Y}"


def moment(value: dt.datetime | None, zone: ZoneInfo | None = None) -> str:
    """“Tue 17 Nov, 15:30” in the zone of the company."""
    if value is None:
        return ""
    local = value.astimezone(zone or ZoneInfo("UTC"))
    return f"{day(local.date())}, {local:%H:%M}"


def application_status(status: ApplicationStatus) -> str:
    """Where an application stands, in words that may be read aloud to whoever it is about."""
    return STANDS[status]


def signed(value: float, digits: int = 2) -> str:
    """A figure with its sign, the minus being a true one."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return sign + f"{abs(value):.{digits}f}"


def figure(value: float | None, digits: int = 2) -> str:
    """A figure with fixed digits and a true minus sign; a dash where there is none."""
    if value is None:
        return "\u2013"
    return (MINUS if value < 0 else "") + f"{abs(value):.{digits}f}"


def attach(app: Flask) -> None:
    """Make the filters known to templates."""
    zone = app.extensions["recruiter_settings"].zone
    app.jinja_env.filters.update(
        day=day,
        dated=calendar.dated,
        moment=lambda value: moment(value, zone),
        money=money_values.show,
        signed=signed,
        figure=figure,
        application_status=application_status,
    )
