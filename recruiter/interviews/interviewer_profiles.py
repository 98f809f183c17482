"""How somebody interviews: what candidates read about them, when they work and how much they take on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.calendar import WEEKDAYS, local_day
from recruiter.foundation.errors import RuleBroken
from recruiter.interviews.models import InterviewerProfile

DAY_STARTS, DAY_ENDS = 9 * 60, 18 * 60
WEEKLY_LIMIT = 8
MOST_A_WEEK, MINUTES_A_DAY, LONGEST_TITLE = 40, 24 * 60, 120


@dataclass(frozen=True)
class Hours:
    """When somebody works, in minutes after midnight in their zone, and how many interviews a week are enough."""

    zone: ZoneInfo
    day_starts: int = DAY_STARTS
    day_ends: int = DAY_ENDS
    weekly_limit: int = WEEKLY_LIMIT

    @property
    def description(self) -> str:
        """“09:00 to 18:00 on working days, Europe/Berlin”."""
        return f"{clock(self.day_starts)} to {clock(self.day_ends)} on working days, {self.zone.key}"


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock shows them."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def profiles_of(session: Session, user_ids: Sequence[int]) -> dict[int, InterviewerProfile]:
    """What some people said about how they interview, in one statement; those who said nothing are left out."""
    rows = session.scalars(select(InterviewerProfile).where(InterviewerProfile.user_id.in_(user_ids)))
    return {row.user_id: row for row in rows}


def hours_of(session: Session, user_ids: Sequence[int], *, zone: ZoneInfo) -> dict[int, Hours]:
    """When some people work; `zone` is the company's, for whoever named none."""
    hours = {
        user_id: Hours(ZoneInfo(row.zone) if row.zone else zone, row.day_starts, row.day_ends, row.weekly_limit)
        for user_id, row in profiles_of(session, user_ids).items()
    }
    return dict.fromkeys(user_ids, Hours(zone)) | hours


def hours_of_user(session: Session, user: User, *, zone: ZoneInfo) -> Hours:
    """When somebody works."""
    return hours_of(session, [user.id], zone=zone)[user.id]


def role_text(user: User, profile: InterviewerProfile | None) -> str:
    """What a candidate reads about somebody: their own words, else what they are here for."""
    if profile is not None and profile.title:
        return profile.title
    if user.role == Role.HIRING_MANAGER:
        return f"Hiring manager, {user.team}" if user.team else "Hiring manager"
    if user.role == Role.RECRUITER:
        return "Recruiter"
    return f"{user.team} team" if user.team else "Interviewer"


def next_working_moment(moment: dt.datetime, hours: Hours) -> dt.datetime:
    """The moment itself where somebody works then, else the next at which they do; in UTC."""
    local, day = moment.astimezone(hours.zone), local_day(moment, hours.zone)
    minutes = local.hour * 60 + local.minute
    if WEEKDAYS.is_working(day) and hours.day_starts <= minutes < hours.day_ends:
        return moment.astimezone(dt.UTC)
    if minutes >= hours.day_starts:
        day += dt.timedelta(days=1)
    begin = dt.time(hours.day_starts // 60, hours.day_starts % 60)
    return dt.datetime.combine(WEEKDAYS.on_or_after(day), begin, tzinfo=hours.zone).astimezone(dt.UTC)


def save_profile(
    session: Session, *, title: str, zone: str, day_starts: int, day_ends: int, weekly_limit: int, act: Act
) -> InterviewerProfile:
    """Say how one interviews oneself. Raises RuleBroken at the field that is not right."""
    cleaned_title = text.one_line(title)
    if len(cleaned_title) > LONGEST_TITLE:
        raise RuleBroken.at("title", f"Use at most {LONGEST_TITLE} characters.")
    if zone and zone not in available_timezones():
        raise RuleBroken.at("zone", "Choose a time zone from the list, like Europe/Berlin.")
    if not 0 <= day_starts < day_ends <= MINUTES_A_DAY:
        raise RuleBroken.at("day_ends", "Enter an end of the day that comes after its start.")
    if not 1 <= weekly_limit <= MOST_A_WEEK:
        raise RuleBroken.at("weekly_limit", f"Enter a number from 1 to {MOST_A_WEEK}.")
    row = profiles_of(session, [act.actor_id]).get(act.actor_id)
    if row is None:
        row = InterviewerProfile(user_id=act.actor_id)
        session.add(row)
    row.title, row.zone, row.weekly_limit = cleaned_title, zone, weekly_limit
    row.day_starts, row.day_ends = day_starts, day_ends
    audit.record(session, action=AuditAction.INTERVIEWER_PROFILE_CHANGED, subject=row, act=act)
    return row
