"""Links with which somebody chooses a password: the first one by invitation, a new one when it was forgotten."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from recruiter.accounts import password_services, queries, rules
from recruiter.accounts.models import Invitation, LinkPurpose, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import tokens
from recruiter.foundation.act import Moment
from recruiter.foundation.errors import NotFound

GONE = "This link has been used or has run out. Ask for a new one."
HOUR = dt.timedelta(hours=1)


def end_links(session: Session, *, user: User, now: dt.datetime) -> None:
    """No link for a password that somebody has been sent works any longer."""
    unused = update(Invitation).where(Invitation.user_id == user.id, Invitation.used_at.is_(None))
    session.execute(unused.values(used_at=now))


def _new_link(session: Session, *, user: User, purpose: LinkPurpose, lives: dt.timedelta, now: dt.datetime) -> str:
    end_links(session, user=user, now=now)
    secret = tokens.new()
    link = Invitation(
        user_id=user.id, digest=tokens.digest(secret), created_at=now, expires_at=now + lives, purpose=purpose
    )
    session.add(link)
    return secret


def invite(session: Session, *, user: User, act: Moment) -> str:
    """Make a one-time secret with which a person chooses a password within a week; earlier ones end."""
    secret = _new_link(session, user=user, purpose=LinkPurpose.INVITATION, lives=rules.INVITATION, now=act.now)
    audit.record(session, action=AuditAction.USER_INVITED, subject=user, act=act)
    return secret


def request_reset(session: Session, *, email: str, moment: Moment) -> tuple[User, str] | None:
    """Make a secret with which a forgotten password is replaced within an hour; earlier ones end.

    None where nobody who signs in has the address, and after three within an hour: whoever asks is told the same.
    """
    user = queries.by_email(session, email)
    if user is None or not user.active or user.password_hash is None:
        return None
    if queries.resets_since(session, user, since=moment.now - HOUR) >= rules.RESETS:
        return None
    secret = _new_link(session, user=user, purpose=LinkPurpose.RESET, lives=rules.RESET, now=moment.now)
    audit.record(session, action=AuditAction.USER_RESET_ASKED, subject=user, act=moment)
    return user, secret


def choose_password(
    session: Session,
    *,
    secret: str,
    password: str,
    organisation: str,
    moment: Moment,
    memory_kib: int = password_services.MEMORY_KIB,
) -> User:
    """Set the password of whoever the link was sent to, once. They are signed out everywhere.

    Raises NotFound when the link was used or has run out, RuleBroken at `password` for one that is easily guessed.
    """
    link = queries.open_link(session, secret, now=moment.now)
    if link is None or not link.user.active:
        raise NotFound(GONE)
    user, is_first = link.user, link.user.password_hash is None
    password_services.set_password(user, password, organisation=organisation, memory_kib=memory_kib)
    end_links(session, user=user, now=moment.now)
    password_services.end_what_the_old_opened(session, user=user, act=moment.by(user), tell=not is_first)
    return user
