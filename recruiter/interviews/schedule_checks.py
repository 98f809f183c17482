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
class Warned:
    """One thing that may be wrong with a time, in a sentence."""

    kind: Concern
    says: str


@dataclass(frozen=True)
class _Taken:
    user_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime


def overlap(starts: dt.datetime, ends: dt.datetime, other_starts: dt.datetime, other_ends: dt.datetime) -> bool:
    """Whether two stretches of time share a moment; one that ends when the other starts does not."""
    return starts < other_ends and other_starts < ends


def week_of(moment: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """Monday to Monday round a moment, on the clock of a zone."""
    day = moment.astimezone(zone).date()
    monday = day - dt.timedelta(days=day.weekday())
    begin = dt.datetime.combine(monday, dt.time(), tzinfo=zone)
    return begin, dt.datetime.combine(monday + WEEK, dt.time(), tzinfo=zone)


def _taken(
    session: Session, user_ids: Sequence[int], *, begin: dt.datetime, end: dt.datetime, apart: int | None
) -> list[_Taken]:
    wanted = (
        select(Panelist.user_id, Interview.starts_at, Interview.ends_at)
        .join(Interview, Interview.id == Panelist.interview_id)
        .where(
            Panelist.user_id.in_(user_ids),
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at < end,
            Interview.ends_at > begin,
            Interview.id != (apart or 0),
        )
        .order_by(Interview.starts_at, Interview.id)
    )
    return [_Taken(*row) for row in session.execute(wanted)]


def _candidate_busy(
    session: Session, application: Application, *, starts: dt.datetime, ends: dt.datetime, apart: int | None,
    within: Select[int],
) -> tuple[dt.datetime, dt.datetime] | None:  # fmt: skip
    wanted = (
        select(Interview.starts_at, Interview.ends_at)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Application.candidate_id == application.candidate_id,
            Application.id.in_(within),
            Interview.status == InterviewStatus.PLANNED,
            Interview.starts_at < ends,
            Interview.ends_at > starts,
            Interview.id != (apart or 0),
        )
        .order_by(Interview.starts_at)
        .limit(1)
    )
    found = session.execute(wanted).first()
    return (found[0], found[1]) if found else None


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
    apart: int | None = None,
) -> list[Warned]:
    """What may be wrong with a time. One that is over is in the past and nothing else; none where it stood there before.

    `within` are the applications in the planner's sight: a candidate's talk outside of it is not told of.
    `apart` is the interview that is being moved. Whom else a panelist meets is never said.
    """
    if ends_at <= now:
        return _past(session, starts_at, ends_at, zone=zone, apart=apart)
    out: list[Warned] = []
    begin, end = week_of(starts_at, zone)
    ids = [one.id for one in panel]
    taken = _taken(session, ids, begin=min(begin, starts_at), end=max(end, ends_at), apart=apart)
    hours = interviewer_profiles.hours_of(session, ids, zone=zone)
    for one in panel:
        theirs = [row for row in taken if row.user_id == one.id]
        for row in theirs:
            if overlap(starts_at, ends_at, row.starts_at, row.ends_at):
                when = _span(row.starts_at, row.ends_at, zone)
                out.append(Warned(Concern.CLASH, f"{one.name} is in another interview {when}."))
        count = 1 + sum(begin <= row.starts_at < end for row in theirs)
        limit = hours[one.id].weekly_limit
        if count > limit:
            says = f"{one.name} would hold {count} interviews that week; {limit} is the limit."
            out.append(Warned(Concern.LOAD, says))
        if not works(hours[one.id], starts_at, ends_at):
            out.append(Warned(Concern.HOURS, f"{one.name} works {hours[one.id].shown}."))
    busy = _candidate_busy(session, application, starts=starts_at, ends=ends_at, apart=apart, within=within)
    if busy is not None:
        says = f"{application.candidate.name} is in another interview {_span(*busy, zone)}."
        out.append(Warned(Concern.CANDIDATE, says))
    return out


def _past(
    session: Session, starts_at: dt.datetime, ends_at: dt.datetime, *, zone: ZoneInfo, apart: int | None
) -> list[Warned]:
    moved = session.get(Interview, apart) if apart is not None else None
    if moved is not None and moved.starts_at.replace(second=0, microsecond=0) == starts_at:
        return []
    day = starts_at.astimezone(zone)
    span = _span(starts_at, ends_at, zone)
    says = (
        f"This is in the past: {day:%a} {day.day} {day:%b %Y}, {span}. Its scorecards are due at once or already late."
    )
    return [Warned(Concern.PAST, says)]


def works(hours: Hours, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    """Whether a stretch lies within somebody's working hours, Monday to Friday, on his own clock."""
    begin, end = starts_at.astimezone(hours.zone), ends_at.astimezone(hours.zone)
    within = hours.day_starts <= _minutes(begin) and _minutes(end) <= hours.day_ends
    return begin.date() == end.date() and begin.weekday() < interviewer_profiles.WEEKEND and within


def _minutes(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


def _span(starts: dt.datetime, ends: dt.datetime, zone: ZoneInfo) -> str:
    return f"from {starts.astimezone(zone):%H:%M} to {ends.astimezone(zone):%H:%M}"


def loads(session: Session, user_ids: Sequence[int], *, now: dt.datetime, zone: ZoneInfo) -> dict[int, int]:
    """How many interviews each of some people holds in the week of `now`, in one statement."""
    begin, end = week_of(now, zone)
    out = dict.fromkeys(user_ids, 0)
    for row in _taken(session, user_ids, begin=begin, end=end, apart=None):
        out[row.user_id] += 1
    return out
