"""What makes an interview one that can be held and scored."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation import text
from recruiter.foundation.calendar import add_working_days
from recruiter.foundation.errors import RuleBroken

CARD_DUE = dt.timedelta(hours=24)
LONGEST = dt.timedelta(days=2)
DEBRIEF_DAYS = 2  # working days within which a round table is expected to meet


def check_times(*, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """An interview ends after it starts, within two days."""
    if ends_at <= starts_at:
        raise RuleBroken.at("ends_at", "Enter an end that comes after the start.")
    if ends_at - starts_at > LONGEST:
        raise RuleBroken.at("ends_at", "An interview lasts two days at most.")


def check_focus(focus: list[str], *, attributes: list[str]) -> list[str]:
    """The attributes that an interview looks at, as the requisition spells them."""
    known = {text.folded(one): one for one in attributes}
    for one in focus:
        if text.folded(one) not in known:
            raise RuleBroken.at("focus", f"“{one}” is not an attribute of this requisition.")
    return [known[text.folded(one)] for one in dict.fromkeys(focus)]


def card_due(ends_at: dt.datetime) -> dt.datetime:
    """When a scorecard is due: 24 hours after the interview ends."""
    return ends_at + CARD_DUE


def held_up(*, decide_on: dt.date | None, ends_at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The decision date that a missing card holds up: the search's own, else two working days after the interview."""
    return decide_on or add_working_days(ends_at.astimezone(zone).date(), DEBRIEF_DAYS)
