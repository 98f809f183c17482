"""The messages about interviews, composed when they go out: what was right an hour ago may not be."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.mail import Email
from recruiter.interviews import interviewer_profiles
from recruiter.interviews.models import Interview
from recruiter.interviews.notices import emails
from recruiter.interviews.notices.emails import Installation, NoticeKind


def compose(
    session: Session, *, interview_id: int, user_id: int, kind: NoticeKind, house: Installation, now: dt.datetime
) -> Email | None:
    """The message that somebody gets, or None where it would be wrong by now.

    Nobody who left hears anything; a plan that was cancelled, is over or is no longer his is not announced to him.
    """
    interview, user = session.get(Interview, interview_id), session.get(User, user_id)
    if interview is None or user is None or not user.active:
        return None
    seated = interview.panelist(user_id) is not None
    if kind in {NoticeKind.PLANNED, NoticeKind.CHANGED}:
        if not seated or not interview.is_planned or interview.ends_at <= now:
            return None
    elif kind == NoticeKind.NOT_YOURS and seated:
        return None
    zone = interviewer_profiles.hours_of_user(session, user, zone=house.zone).zone
    return emails.notice(interview, user=user, kind=kind, zone=zone, house=house, now=now)
