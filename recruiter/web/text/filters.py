"""How dates, money and figures read on pages."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from recruiter.foundation import money as money_values
from recruiter.foundation import wording
from recruiter.pipeline.models import ApplicationStatus
from recruiter.web.request import guard

MINUS = "\u2212"
STANDS = {
    ApplicationStatus.ACTIVE: "In the running",
    ApplicationStatus.HIRED: "Hired",
    ApplicationStatus.REJECTED: "Closed",
    ApplicationStatus.WITHDRAWN: "Withdrew",
}


def day(value: dt.date | None, today: dt.date | None = None) -> str:
    """“Tue 17 Nov”, or “10 Nov 2028”, as `wording.day`; a moment is told by its day in the zone of the company."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(guard.zone()).date()
    return wording.day(value, today=today or guard.today())


def moment(value: dt.datetime | None) -> str:
    """“Tue 17 Nov, 15:30” in the zone of the company."""
    return f"{day(value)}, {value.astimezone(guard.zone()):%H:%M}" if value else ""


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
    app.jinja_env.filters.update(
        day=day,
        dated=wording.dated,
        bench_place=wording.bench_place,
        moment=moment,
        money=money_values.show,
        signed=signed,
        figure=figure,
        application_status=application_status,
    )
