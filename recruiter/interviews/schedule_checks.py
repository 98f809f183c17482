"""Whether a time suits: clashes, load and working hours, as warnings that a person may pass over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.calendar import WEEKEND, local_day
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.wording import dated
from recruiter.interviews import interviewer_profiles
from recruiter.interviews.interviewer_profiles import Hours
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.pipeline.models import Application

WEEK = dt.timedelta(days=7)


class Concern(StrEnum):
    """What may be wrong with a time or a panel."""

    CLASH = "clash"
    CANDIDATE = "candidate_clash"
    LOAD = "load"
    HOURS = "hours"
    PAST = "past"
    CLOSES = "closes"
    HAS_READ = "has_read"


class ScheduleWarning(NamedTuple):
    """One thing that may be wrong with a time, in a sentence."""

    kind: Concern
    says: str


class TimeSlot(NamedTuple):
    """A stretch of time."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def overlaps(self, other: TimeSlot) -> bool:
        """Whether two stretches share a moment; one that ends when the other starts does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def text(self, zone: ZoneInfo) -> str:
        """“from 15:30 to 16:30”."""
        return f"from {self.starts_at.astimezone(zone):%H:%M} to {self.ends_at.astimezone(zone):%H:%M}"


def week_of(moment: dt.datetime, zone: ZoneInfo) -> TimeSlot:
    """Monday to Monday round a moment, on the clock of a zone."""
    day = local_day(moment, zone)
    monday = dt.datetime.combine(day - dt.timedelta(days=day.weekday()), dt.time(), tzinfo=zone)
    return TimeSlot(monday, monday + WEEK)


def _planned(slot: TimeSlot, *, except_id: int | None = None) -> Select[int, dt.datetime, dt.datetime]:
    """Whom interviews that touch a slot hold, and when, one row a seat."""
    return (
        select(Panelist.user_id, Interview.starts_at, Interview.ends_at)
        .join(Interview, Interview.id == Panelist.interview_id)
        .where(
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at < slot.ends_at,
            Interview.ends_at > slot.starts_at,
            Interview.id != (except_id or 0),
        )
        .order_by(Interview.starts_at, Interview.id)
    )


def warnings(
    session: Session,
    *,
    application: Application,
    panel: Sequence[User],
    slot: TimeSlot,
    now: dt.datetime,
    zone: ZoneInfo,
    within: Scope,
    except_id: int | None = None,
) -> list[ScheduleWarning]:
    """What may be wrong with a time. One that is over is in the past and nothing else; none where it stood there before.

    `within` are the applications in the planner's sight: a candidate's talk outside of it is not told of.
    `except_id` is the interview that is being moved. Whom else a panelist meets is never said.
    """
    if slot.ends_at <= now:
        return _past(session, slot, zone=zone, except_id=except_id)
    cautions: list[ScheduleWarning] = []
    week, ids = week_of(slot.starts_at, zone), [user.id for user in panel]
    period = TimeSlot(min(week.starts_at, slot.starts_at), max(week.ends_at, slot.ends_at))
    seats = session.execute(_planned(period, except_id=except_id).where(Panelist.user_id.in_(ids))).all()
    hours_by_user = interviewer_profiles.hours_of(session, ids, zone=zone)
    for user in panel:
        busy = [TimeSlot(starts_at, ends_at) for user_id, starts_at, ends_at in seats if user_id == user.id]
        clashes = [other.text(zone) for other in busy if slot.overlaps(other)]
        cautions += [ScheduleWarning(Concern.CLASH, f"{user.name} is in another interview {when}.") for when in clashes]
        hours = hours_by_user[user.id]
        count = 1 + sum(week.starts_at <= other.starts_at < week.ends_at for other in busy)
        if count > hours.weekly_limit:
            sentence = f"{user.name} would hold {count} interviews that week; {hours.weekly_limit} is the limit."
            cautions.append(ScheduleWarning(Concern.LOAD, sentence))
        if not is_within_hours(hours, slot):
            cautions.append(ScheduleWarning(Concern.HOURS, f"{user.name} works {hours.description}."))
    own = _planned(slot, except_id=except_id).join(Application, Application.id == Interview.application_id)
    of_candidate = own.where(
        Application.candidate_id == application.candidate_id, within.contains(Application.id)
    ).limit(1)
    for _, starts_at, ends_at in session.execute(of_candidate):
        sentence = f"{application.candidate.name} is in another interview {TimeSlot(starts_at, ends_at).text(zone)}."
        cautions.append(ScheduleWarning(Concern.CANDIDATE, sentence))
    return cautions


def _past(session: Session, slot: TimeSlot, *, zone: ZoneInfo, except_id: int | None) -> list[ScheduleWarning]:
    moved = session.get(Interview, except_id) if except_id is not None else None
    if moved is not None and moved.starts_at.replace(second=0, microsecond=0) == slot.starts_at:
        return []
    when = f"{dated(slot.starts_at.astimezone(zone))}, {slot.text(zone)}"
    sentence = f"This is in the past: {when}. Its scorecards are due at once or already late."
    return [ScheduleWarning(Concern.PAST, sentence)]


def is_within_hours(hours: Hours, slot: TimeSlot) -> bool:
    """Whether a stretch lies within somebody's working hours, Monday to Friday, on their own clock."""
    begin, end = slot.starts_at.astimezone(hours.zone), slot.ends_at.astimezone(hours.zone)
    first, last = (moment.hour * 60 + moment.minute for moment in (begin, end))
    is_one_day = local_day(begin, hours.zone) == local_day(end, hours.zone)
    return is_one_day and begin.weekday() < WEEKEND and hours.day_starts <= first and last <= hours.day_ends


def free(session: Session, users: Sequence[User], *, slot: TimeSlot, zone: ZoneInfo) -> list[User]:
    """Those of some people who work at a time and hold no other interview then, in two statements."""
    ids = [user.id for user in users]
    busy = {user_id for user_id, _, _ in session.execute(_planned(slot).where(Panelist.user_id.in_(ids)))}
    hours_by_user = interviewer_profiles.hours_of(session, ids, zone=zone)
    return [user for user in users if user.id not in busy and is_within_hours(hours_by_user[user.id], slot)]


def loads(session: Session, user_ids: Sequence[int], *, now: dt.datetime, zone: ZoneInfo) -> dict[int, int]:
    """How many interviews each of some people holds in the week of `now`, in one statement."""
    load_by_user = dict.fromkeys(user_ids, 0)
    for user_id, _, _ in session.execute(_planned(week_of(now, zone)).where(Panelist.user_id.in_(user_ids))):
        load_by_user[user_id] += 1
    return load_by_user
