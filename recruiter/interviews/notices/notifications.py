"""Who must hear of an interview, and when: rows of work that are written with the change itself.

A message is composed when it goes out: what was right an hour ago may not be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import jobs
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.foundation.mail import Email
from recruiter.interviews import interviewer_profiles
from recruiter.interviews.models import ChangeKind, Interview
from recruiter.interviews.notices import emails
from recruiter.interviews.notices.emails import Installation, NoticeKind

NOTICE = "interview.notice"
REMINDER = "scorecard.reminder"
ENDS = frozenset({NoticeKind.CANCELLED, NoticeKind.NOT_YOURS})
GATHER_FOR = dt.timedelta(minutes=5)
FIRST_REMINDER = dt.timedelta(hours=1)


def notify(
    session: Session, interview: Interview, kind: NoticeKind, user_ids: Sequence[int], *, now: dt.datetime
) -> None:
    """Ask for a message to each of some panelists; an interview that is over is told to nobody.

    A change waits for those that follow it within five minutes, since one message tells of all of them, unless it is time to go.
    """
    if interview.ends_at <= now and kind != NoticeKind.NO_SHOW:
        return
    gathers = kind == NoticeKind.CHANGED and interview.starts_at - now > 2 * GATHER_FOR
    told_already = _waiting_user_ids(session, interview) if gathers else set()
    for user_id in user_ids:
        if user_id not in told_already:
            payload = {"interview_id": interview.id, "user_id": user_id, "told": kind.value}
            jobs.enqueue(session, NOTICE, payload=payload, now=now, due_at=now + GATHER_FOR if gathers else now)


def _waiting_user_ids(session: Session, interview: Interview) -> set[int]:
    """Who will be told of a change of this interview soon anyhow."""
    is_notice = (Job.kind == NOTICE) & (Job.status == JobStatus.QUEUED)
    of_interview = Job.payload["interview_id"].as_integer() == interview.id
    is_change = Job.payload["told"].as_string() == NoticeKind.CHANGED.value
    waiting = select(Job).where(is_notice, of_interview, is_change)
    return {job.payload["user_id"] for job in session.scalars(waiting)}


def _takes_place_for(interview: Interview, user_id: int) -> bool:
    """Whether somebody sits on an interview that takes place, maybe again: a cancellation would take it out of their calendar."""
    return interview.is_planned and interview.panelist(user_id) is not None


def _never_heard(session: Session, interview: Interview, user_id: int) -> bool:
    """Whether somebody was to hear of an interview and did not: it was cancelled, or they were taken off it, before the mail went.

    Their calendar has nothing to take out then. Where no work of it is on record any more, they are taken to have heard.
    """
    of_interview = Job.payload["interview_id"].as_integer() == interview.id
    of_user = Job.payload["user_id"].as_integer() == user_id
    notices = session.scalars(select(Job).where(Job.kind == NOTICE, of_interview, of_user)).all()
    results = [job.result for job in notices if job.payload["told"] not in ENDS and job.status == JobStatus.DONE]
    return bool(results) and not any(result and result.get("sent") for result in results)


def remind(session: Session, interview: Interview, user_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Ask for the first look at each missing card, an hour after the end; never for an interview that is recorded afterwards."""
    if interview.ends_at <= now or not interview.scored:
        return
    for user_id in user_ids:
        remind_at(session, interview, user_id, due_at=interview.ends_at + FIRST_REMINDER, now=now)


def remind_at(
    session: Session,
    interview: Interview,
    user_id: int,
    *,
    due_at: dt.datetime,
    now: dt.datetime,
    asked_by_id: int | None = None,
) -> None:
    """Ask for one look at a card; `asked_by_id` is who wants it, where somebody does."""
    payload = {"interview_id": interview.id, "user_id": user_id}
    if asked_by_id is not None:
        payload["asked_by_id"] = asked_by_id
    jobs.enqueue(session, REMINDER, payload=payload, now=now, due_at=due_at, asked_by_id=asked_by_id)


def notify_changes(
    session: Session,
    interview: Interview,
    kinds: list[ChangeKind],
    *,
    joined: list[int],
    removed: list[int],
    now: dt.datetime,
) -> None:
    """Tell everybody what a change means to them: who joined, who left, who stays."""
    panel_ids = [panelist.user_id for panelist in interview.panel]
    if ChangeKind.CANCELLED in kinds:
        notify(session, interview, NoticeKind.CANCELLED, [*panel_ids, *removed], now=now)
    elif ChangeKind.NO_SHOW in kinds:
        notify(session, interview, NoticeKind.NO_SHOW, panel_ids, now=now)
    elif kinds:
        staying = [user_id for user_id in panel_ids if user_id not in joined]
        notify(session, interview, NoticeKind.NOT_YOURS, removed, now=now)
        notify(session, interview, NoticeKind.PLANNED, joined, now=now)
        notify(session, interview, NoticeKind.CHANGED, staying, now=now)
        all_anew = {ChangeKind.MOVED, ChangeKind.CARDS} & set(kinds)
        remind(session, interview, panel_ids if all_anew else joined, now=now)


def compose(
    session: Session, *, interview_id: int, user_id: int, kind: NoticeKind, house: Installation, now: dt.datetime
) -> Email | None:
    """The message that somebody gets, or None where it would be wrong by now.

    Nobody who left hears anything; a plan that was cancelled, is over or is no longer theirs is not announced to them.
    """
    interview, user = session.get(Interview, interview_id), session.get(User, user_id)
    if interview is None or user is None or not user.active:
        return None
    seated = interview.panelist(user_id) is not None
    if kind in {NoticeKind.PLANNED, NoticeKind.CHANGED}:
        if not seated or not interview.is_planned or interview.ends_at <= now:
            return None
    elif kind in ENDS and (_takes_place_for(interview, user_id) or _never_heard(session, interview, user_id)):
        return None
    zone = interviewer_profiles.hours_of_user(session, user, zone=house.zone).zone
    return emails.notice(interview, user=user, kind=kind, zone=zone, house=house, now=now)
