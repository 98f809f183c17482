"""Whether a time suits: clashes, load and working hours, as warnings that a person may pass over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.calendar import local_day
from recruiter.interviews import interviewer_profiles
from recruiter.interviews.interviewer_profiles import Hours
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.pipeline.models import Application

WEEK = dt.timedelta(days=7)


class Concern(StrEnum):
    """What may be wrong with a time."""

    CLASH = "clash"
    CANDIDATE = "candidate_clash"
    LOAD = "load"
    HOURS = "hours"
    PAST = "past"


@dataclass(frozen=True)
class ScheduleWarning:
    """One thing that may be wrong with a time, in a sentence."""

    kind: Concern
    says: str


@dataclass(frozen=True)
class _BusySlot:
    user_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime


def overlap(starts: dt.datetime, ends: dt.datetime, other_starts: dt.datetime, other_ends: dt.datetime) -> bool:
    """Whether two stretches of time share a moment; one that ends when the other starts does not."""
    return starts < other_ends and other_starts < ends


def week_of(moment: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Monday to Monday round a moment, on the clock of a zone."""
    day = local_day(moment, zone)
    monday = day - dt.timedelta(days=day.weekday())
    begin = dt.datetime.combine(monday, dt.time(), tzinfo=zone)
    return begin, dt.datetime.combine(monday + WEEK, dt.time(), tzinfo=zone)


def _busy_slots(
    session: Session, user_ids: Sequence[int], *, begin: dt.datetime, end: dt.datetime, except_id: int | None
) -> list[_BusySlot]:
    query = (
        select(Panelist.user_id, Interview.starts_at, Interview.ends_at)
        .join(Interview, Interview.id == Panelist.interview_id)
        .where(
            Panelist.user_id.in_(user_ids),
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at < end,
            Interview.ends_at > begin,
            Interview.id != (except_id or 0),
        )
        .order_by(Interview.starts_at, Interview.id)
    )
    return [_BusySlot(*row) for row in session.execute(query)]


def _candidate_busy(
    session: Session, application: Application, *, starts: dt.datetime, ends: dt.datetime, except_id: int | None,
    within: Select[int],
) -> tuple[dt.datetime, dt.datetime] | None:  # fmt: skip
    query = (
        select(Interview.starts_at, Interview.ends_at)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.candidate_id == application.candidate_id,
            Application.id.in_(within),
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at < ends,
            Interview.ends_at > starts,
            Interview.id != (except_id or 0),
        )
        .order_by(Interview.starts_at)
        .limit(1)
    )
    busy = session.execute(query).first()
    return (busy[0], busy[1]) if busy else None


def warnings(
    session: Session,
    *,
    application: Application,
    panel: Sequence[User],
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    now: dt.datetime,
    zone: ZoneInfo,
    within: Select[int],
    except_id: int | None = None,
) -> list[ScheduleWarning]:
    """What may be wrong with a time. One that is over is in the past and nothing else; none where it stood there before.

    `within` are the applications in the planner's sight: a candidate's talk outside of it is not told of.
    `except_id` is the interview that is being moved. Whom else a panelist meets is never said.
    """
    if ends_at <= now:
        return _past(session, starts_at, ends_at, zone=zone, except_id=except_id)
    found_warnings: list[ScheduleWarning] = []
    begin, end = week_of(starts_at, zone)
    ids = [user.id for user in panel]
    busy_slots = _busy_slots(session, ids, begin=min(begin, starts_at), end=max(end, ends_at), except_id=except_id)
    hours = interviewer_profiles.hours_of(session, ids, zone=zone)
    for interviewer in panel:
        own_slots = [slot for slot in busy_slots if slot.user_id == interviewer.id]
        for slot in own_slots:
            if overlap(starts_at, ends_at, slot.starts_at, slot.ends_at):
                when = _span(slot.starts_at, slot.ends_at, zone)
                found_warnings.append(
                    ScheduleWarning(Concern.CLASH, f"{interviewer.name} is in another interview {when}.")
                )
        count = 1 + sum(begin <= slot.starts_at < end for slot in own_slots)
        limit = hours[interviewer.id].weekly_limit
        if count > limit:
            sentence = f"{interviewer.name} would hold {count} interviews that week; {limit} is the limit."
            found_warnings.append(ScheduleWarning(Concern.LOAD, sentence))
        if not is_within_hours(hours[interviewer.id], starts_at, ends_at):
            found_warnings.append(
                ScheduleWarning(Concern.HOURS, f"{interviewer.name} works {hours[interviewer.id].description}.")
            )
    busy = _candidate_busy(session, application, starts=starts_at, ends=ends_at, except_id=except_id, within=within)
    if busy is not None:
        sentence = f"{application.candidate.name} is in another interview {_span(*busy, zone)}."
        found_warnings.append(ScheduleWarning(Concern.CANDIDATE, sentence))
    return found_warnings


def _past(
    session: Session, starts_at: dt.datetime, ends_at: dt.datetime, *, zone: ZoneInfo, except_id: int | None
) -> list[ScheduleWarning]:
    moved = session.get(Interview, except_id) if except_id is not None else None
    if moved is not None and moved.starts_at.replace(second=0, microsecond=0) == starts_at:
        return []
    day = starts_at.astimezone(zone)
    span = _span(starts_at, ends_at, zone)
    sentence = (
        f"This is in the past: {day:%a} {day.day} {day:%b %Y}, {span}. Its scorecards are due at once or already late."
    )
    return [ScheduleWarning(Concern.PAST, sentence)]


def is_within_hours(hours: Hours, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Whether a stretch lies within somebody's working hours, Monday to Friday, on his own clock."""
    begin, end = starts_at.astimezone(hours.zone), ends_at.astimezone(hours.zone)
    within = hours.day_starts <= _minutes(begin) and _minutes(end) <= hours.day_ends
    is_one_day = local_day(starts_at, hours.zone) == local_day(ends_at, hours.zone)
    return is_one_day and begin.weekday() < interviewer_profiles.WEEKEND and within


def _minutes(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


def _span(starts: dt.datetime, ends: dt.datetime, zone: ZoneInfo) -> str:
    return f"from {starts.astimezone(zone):%H:%M} to {ends.astimezone(zone):%H:%M}"


def loads(session: Session, user_ids: Sequence[int], *, now: dt.datetime, zone: ZoneInfo) -> dict[int, int]:
    """How many interviews each of some people holds in the week of `now`, in one statement."""
    begin, end = week_of(now, zone)
    load_by_user = dict.fromkeys(user_ids, 0)
    for slot in _busy_slots(session, user_ids, begin=begin, end=end, except_id=None):
        load_by_user[slot.user_id] += 1
    return load_by_user
