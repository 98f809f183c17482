"""What makes an interview one that can be held and scored."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation import text
from recruiter.foundation.calendar import add_working_days, local_day
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews.models import InterviewStatus

CARD_DUE = dt.timedelta(hours=24)
LONGEST = dt.timedelta(days=2)
LONGEST_PLACE, LONGEST_REASON = 300, 2_000
DEBRIEF_DAYS = 2  # working days within which a round table is expected to meet


def check_times(*, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """An interview ends after it starts, within two days."""
    if ends_at <= starts_at:
        raise RuleBroken.at("ends_at", "Enter an end that comes after the start.")
    if ends_at - starts_at > LONGEST:
        raise RuleBroken.at("ends_at", "An interview lasts two days at most.")


def check_name(name: str) -> str:
    """The name of an interview on one line. Raises RuleBroken where there is none."""
    cleaned = text.one_line(name)
    if not cleaned:
        raise RuleBroken.at("name", "Give the interview a name, like System design panel.")
    return cleaned


def check_focus(focus: list[str], *, attributes: list[str]) -> list[str]:
    """The attributes that an interview looks at, as the requisition spells them."""
    spellings = {text.folded(name): name for name in attributes}
    for name in focus:
        if text.folded(name) not in spellings:
            raise RuleBroken.at("focus", f"“{name}” is not an attribute of this requisition.")
    return [spellings[text.folded(name)] for name in dict.fromkeys(focus)]


def card_due(ends_at: dt.datetime) -> dt.datetime:
    """When a scorecard is due: 24 hours after the interview ends."""
    return ends_at + CARD_DUE


def decision_date(*, decide_on: dt.date | None, ends_at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The decision date that a missing card holds up: the search's own, else two working days after the interview."""
    return decide_on or add_working_days(local_day(ends_at, zone), DEBRIEF_DAYS)


def check_place(place: str) -> str:
    """A room or the address of a call, on one line."""
    cleaned = text.one_line(place)
    if len(cleaned) > LONGEST_PLACE:
        raise RuleBroken.at("place", f"Use at most {LONGEST_PLACE} characters for the place.")
    return cleaned


def check_status(status: InterviewStatus, *, starts_at: dt.datetime, now: dt.datetime) -> None:
    """Nobody has stayed away from an interview that has not begun."""
    if status == InterviewStatus.NO_SHOW and now < starts_at:
        raise Conflict("This interview has not begun. Cancel it, or wait until it should have started.")


def covered(*, focus: list[str], attributes: list[str]) -> list[str]:
    """The attributes that an interview looks at: those of its focus, or all of them where it has none."""
    return [name for name in attributes if not focus or name in focus]


def wall_time(date: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """A time on the clock of a zone; RuleBroken for one that the clock leaves out. Of an hour that it shows twice, the first."""
    local = dt.datetime.combine(date, time, tzinfo=zone)
    if local.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise RuleBroken.at("time", f"The clock leaves {time:%H:%M} out on that day. Enter another time.")
    return local


def is_ambiguous(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether the clock of a zone shows this time twice on that day, so that the offset must be told."""
    local = moment.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
