"""Forms that were sent after their session had run out, kept on the server until their author has signed in again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.accounts import rules
from recruiter.accounts.models import KeptForm, User

LONGEST = 200_000  # characters of one form, all its fields together
MOST_FIELDS = 500
MOST_FORMS = 5  # of one person; an older one makes room
SECRETS = ("password", "token", "secret")
Fields = list[tuple[str, str]]


def keep(
    session: Session, *, user: User, address: str, fields: Fields, files: list[str], now: dt.datetime
) -> KeptForm | None:
    """Keep what somebody sent, for them alone; None for a form with a secret in it and for one that is too large.

    `fields` are names and values in the order of the form, `files` the names of the fields that held files: those are not kept.
    """
    if any(word in name.lower() for name, _ in fields for word in SECRETS):
        return None
    if len(fields) > MOST_FIELDS or sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return None
    session.execute(delete(KeptForm).where(KeptForm.at <= now - rules.LAPSED))
    session.execute(delete(KeptForm).where(KeptForm.user_id == user.id, KeptForm.address == address))
    for old in of_person(session, user=user, now=now)[MOST_FORMS - 1 :]:
        session.delete(old)
    made = KeptForm(user_id=user.id, address=address, fields=[list(field) for field in fields], files=files, at=now)
    session.add(made)
    session.flush()
    return made


def of_person(session: Session, *, user: User, now: dt.datetime) -> list[KeptForm]:
    """What waits for somebody, the newest first; nothing that is older than a week."""
    wanted = (
        select(KeptForm)
        .where(KeptForm.user_id == user.id, KeptForm.at > now - rules.LAPSED)
        .order_by(KeptForm.at.desc(), KeptForm.id.desc())
    )
    return list(session.scalars(wanted))


def drop(session: Session, *, user: User, kept_id: int) -> None:
    """Forget what was kept for somebody, because they have sent it or do not want it; of others nothing is touched."""
    session.execute(delete(KeptForm).where(KeptForm.id == kept_id, KeptForm.user_id == user.id))
