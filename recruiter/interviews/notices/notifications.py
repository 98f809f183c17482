"""Who must hear of an interview, and when: rows of work that the worker does, written with the change itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy.orm import Session

from recruiter.foundation import jobs
from recruiter.interviews.models import ChangeKind, Interview

NOTICE = "interview.notice"
REMINDER = "scorecard.reminder"
FIRST_REMINDER = dt.timedelta(hours=1)


class Told(StrEnum):
    """What a panelist is told."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    NOT_YOURS = "not_yours"
    NO_SHOW = "no_show"


def tell(session: Session, interview: Interview, told: Told, user_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Ask for a message to each of some panelists; an interview that is over is told to nobody."""
    if interview.ends_at <= now and told != Told.NO_SHOW:
        return
    for user_id in user_ids:
        payload = {
            "interview_id": interview.id,
            "user_id": user_id,
            "told": told.value,
            "sequence": interview.sequence,
        }
        jobs.enqueue(session, NOTICE, payload=payload, now=now)


def remind(session: Session, interview: Interview, user_ids: Sequence[int], *, now: dt.datetime) -> None:
    """Ask for the first look at each missing card, an hour after the end; never for an interview that is recorded afterwards."""
    if interview.ends_at <= now:
        return
    for user_id in user_ids:
        payload = {"interview_id": interview.id, "user_id": user_id}
        jobs.enqueue(session, REMINDER, payload=payload, now=now, due_at=interview.ends_at + FIRST_REMINDER)


def tell_changes(
    session: Session,
    interview: Interview,
    kinds: Sequence[ChangeKind],
    *,
    joined: Sequence[int],
    left: Sequence[int],
    now: dt.datetime,
) -> None:
    """Tell everybody what a change means to him: who joined, who left, who stays."""
    seated = [one.user_id for one in interview.panel]
    if ChangeKind.CANCELLED in kinds:
        tell(session, interview, Told.CANCELLED, [*seated, *left], now=now)
        return
    if ChangeKind.NO_SHOW in kinds:
        tell(session, interview, Told.NO_SHOW, seated, now=now)
        return
    tell(session, interview, Told.NOT_YOURS, left, now=now)
    tell(session, interview, Told.PLANNED, joined, now=now)
    if kinds:
        tell(session, interview, Told.CHANGED, [one for one in seated if one not in joined], now=now)
    again = seated if ChangeKind.MOVED in kinds else joined
    remind(session, interview, again, now=now)
