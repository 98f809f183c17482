"""What somebody else did while a form stood open: by whom and when, in the words of a conflict."""

from __future__ import annotations

import datetime as dt

from recruiter.web.request import guard


def when(moment: dt.datetime) -> str:
    """A moment as a sentence says it, on the clock of the company: `at 16:51`, or `on Tue 24 Nov at 16:51`."""
    local = moment.astimezone(guard.configured().zone)
    on = "" if local.date() == guard.today() else f"on {local:%a} {local.day} {local:%b} "
    return f"{on}at {local:%H:%M}"


def stale(given: str | None, now_is: object) -> bool:
    """Whether a thing has changed since a form was made of it; a form that names no state is taken as it comes."""
    return given not in {None, "", str(now_is)}
