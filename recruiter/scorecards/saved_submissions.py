"""What somebody typed when their session had run out, kept on the server until they have signed in again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.interviews.models import Interview
from recruiter.scorecards.models import SavedSubmission

LONGEST = 200_000  # characters of one form, all its fields together
RETENTION = dt.timedelta(days=30)  # as long as any draft


def save(session: Session, *, interview: Interview, user: User, fields: dict[str, str], now: dt.datetime) -> bool:
    """Keep the fields of a form for its author; False where they are not on the panel or it is larger than any card."""
    size = sum(len(name) + len(value) for name, value in fields.items())
    if size > LONGEST or interview.panelist(user.id) is None:
        return False
    row = _row(session, interview=interview, user=user)
    if row is None:
        row = SavedSubmission(interview_id=interview.id, user_id=user.id)
        session.add(row)
    row.fields, row.at = fields, now
    session.flush()
    return True


def saved_submission(session: Session, *, interview: Interview, user: User, now: dt.datetime) -> SavedSubmission | None:
    """What was kept for somebody on an interview, if it is not older than a draft may get."""
    row = _row(session, interview=interview, user=user)
    return row if row is not None and now - row.at < RETENTION else None


def _row(session: Session, *, interview: Interview, user: User) -> SavedSubmission | None:
    return session.scalars(select(SavedSubmission).filter_by(interview_id=interview.id, user_id=user.id)).first()


def discard(session: Session, *, interview: Interview, user_id: int) -> None:
    """Forget what was kept for somebody on an interview: their card holds it by now."""
    session.execute(delete(SavedSubmission).filter_by(interview_id=interview.id, user_id=user_id))
