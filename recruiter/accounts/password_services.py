"""Passwords: judged, hashed, compared and changed. Whatever sets one goes through `set_password`."""

from __future__ import annotations

import contextlib

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from recruiter.accounts import emails, password_rules, session_services
from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import mail
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import RuleBroken

MEMORY_KIB = 19456
ENDED = "ended"  # in the place of a hash: no password fits, and a new one is asked for by link
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$PbCZjkZV5kqOPeqOFr6AvrJ0SVnC8iZBeBnJ0dOjCws"


def hasher(memory_kib: int = MEMORY_KIB) -> PasswordHasher:
    """argon2id as OWASP advises (19 MiB, two passes, one lane); tests take less memory."""
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)


def set_password(user: User, password: str, *, organisation: str, memory_kib: int = MEMORY_KIB) -> None:
    """Give somebody a password, kept as its hash. Raises RuleBroken at `password` for one that is easily guessed, or that they have now."""
    if user.password_hash and is_password(user, password, memory_kib=memory_kib):
        raise RuleBroken.at("password", "That is the password you have now. Choose another one.")
    password_rules.check_password(password, name=user.name, email=user.email, organisation=organisation)
    user.password_hash = hasher(memory_kib).hash(password)


def is_password(user: User | None, password: str, *, memory_kib: int = MEMORY_KIB) -> bool:
    """Whether this is the password of somebody who works here. It takes as long for an address that nobody has."""
    known = user.password_hash if user and user.active and user.password_hash != ENDED else None
    checker, good = hasher(memory_kib), False
    with contextlib.suppress(VerificationError, InvalidHashError):
        good = checker.verify(known or NOBODY, password)
    if not good or user is None or known is None:
        return False
    if checker.check_needs_rehash(known):
        user.password_hash = checker.hash(password)
    return True


def end_what_the_old_opened(
    session: Session, *, user: User, act: Moment, besides: int | None = None, tell: bool = True
) -> None:
    """After a new password: sign its person out everywhere besides one browser, know no browser again, and tell them by mail."""
    session_services.end_all(session, user=user, besides=besides)
    session_services.forget_devices(session, user=user)
    record_ending(session, Ending.PASSWORD, user, made_at=user.created_at, act=act)
    audit.record(session, action=AuditAction.USER_PASSWORD_SET, subject=user, act=act)
    if tell:
        mail.enqueue(session, emails.password_set(user), now=act.now)


def end_password(session: Session, *, user: User, act: Moment) -> None:
    """Let no password open an account until its person has chosen a new one by link."""
    user.password_hash = ENDED
    audit.record(session, action=AuditAction.USER_PASSWORD_ENDED, subject=user, act=act)


def change(
    session: Session,
    *,
    user: User,
    password: str,
    browser_id: int,
    organisation: str,
    act: Moment,
    memory_kib: int = MEMORY_KIB,
) -> None:
    """Give somebody who has proved who they are a new password. They are signed out everywhere besides this browser.

    Raises RuleBroken at `password` for one that is easily guessed.
    """
    set_password(user, password, organisation=organisation, memory_kib=memory_kib)
    end_what_the_old_opened(session, user=user, besides=browser_id, act=act)
