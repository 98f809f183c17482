"""Browsers that are signed in: begun, kept in use, ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from recruiter.accounts import queries, rules
from recruiter.accounts.models import ApiToken, KnownDevice, User, UserSession
from recruiter.foundation import tokens
from recruiter.foundation.errors import NotFound

MOST_DEVICES = 20  # of one person; the one that was not used for longest makes room


@dataclass(frozen=True)
class Origin:
    """Where a request comes from: the address, what the browser calls itself, and the secret of a browser that was here before."""

    address: str
    agent: str = ""
    device: str = ""


def begin(session: Session, *, user: User, origin: Origin, now: dt.datetime, awaits_code: bool = False) -> str:
    """Begin the session of a browser, and answer its secret; with `awaits_code` it opens nothing until the code has come."""
    secret = tokens.new()
    session.add(
        UserSession(
            user_id=user.id,
            digest=tokens.digest(secret),
            created_at=now,
            seen_at=now,
            awaits_code=awaits_code,
            address=origin.address[:100],
            agent=origin.agent[:300],
        )
    )
    session.flush()
    return secret


def confirm(session: Session, *, browser: UserSession, now: dt.datetime) -> str:
    """Note that the person has just proved who they are; the session goes on under a new secret, which is answered."""
    secret = tokens.new()
    browser.digest, browser.confirmed_at = tokens.digest(secret), now
    session.flush()
    return secret


def touch(session: Session, *, session_id: int, now: dt.datetime) -> None:
    """Note that a signed-in browser is in use."""
    session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=now))


def note_change(session: Session, browser: UserSession | ApiToken, *, number: ColumnElement[int]) -> None:
    """Keep the number of the transaction in which a browser or a token changes something."""
    table = type(browser)
    noted = update(table).where(table.id == browser.id).values(last_change=number)
    session.execute(noted, execution_options={"synchronize_session": False})


def forget_changes(session: Session) -> None:
    """Forget those numbers after a restore: another database gave them."""
    session.execute(update(ApiToken).values(last_change=None), execution_options={"synchronize_session": False})


def end(session: Session, *, secret: str) -> None:
    """Sign a browser out: its cookie is worth nothing afterwards."""
    session.execute(delete(UserSession).where(UserSession.digest == tokens.digest(secret)))


def end_one(session: Session, *, user: User, session_id: int) -> None:
    """Sign one of somebody's own browsers out. Raises NotFound for those of others."""
    own = select(UserSession).where(
        UserSession.id == min(session_id, rules.LARGEST_NUMBER), UserSession.user_id == user.id
    )
    browser = session.scalars(own).first()
    if browser is None:
        raise NotFound
    session.delete(browser)


def end_all(session: Session, *, user: User, besides: int | None = None) -> None:
    """Sign a person out everywhere, or everywhere besides one browser."""
    query = delete(UserSession).where(UserSession.user_id == user.id)
    session.execute(query if besides is None else query.where(UserSession.id != besides))


def remember_device(session: Session, *, user: User, secret: str, now: dt.datetime) -> str:
    """Know a browser again in which somebody has signed in, and answer the secret that it keeps."""
    known = queries.known_device(session, user=user, secret=secret)
    if known is not None:
        known.seen_at = now
        return secret
    own_secret = secret or tokens.new()
    session.add(KnownDevice(user_id=user.id, digest=tokens.digest(f"{user.id}:{own_secret}"), seen_at=now))
    session.flush()
    of_user = select(KnownDevice.id).where(KnownDevice.user_id == user.id)
    newest = of_user.order_by(KnownDevice.seen_at.desc(), KnownDevice.id.desc()).limit(MOST_DEVICES)
    old = delete(KnownDevice).where(KnownDevice.user_id == user.id, KnownDevice.id.not_in(newest))
    session.execute(old, execution_options={"synchronize_session": False})
    return own_secret


def forget_devices(session: Session, *, user: User) -> None:
    """Know none of somebody's browsers any longer: one of them may be of whoever knew the old password."""
    session.execute(delete(KnownDevice).where(KnownDevice.user_id == user.id))
