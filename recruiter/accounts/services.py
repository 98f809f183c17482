"""Accounts made, invited, signed in and ended."""

from __future__ import annotations

import contextlib
import datetime as dt

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from recruiter.accounts import queries, rules
from recruiter.accounts.models import ApiToken, FailedSignIn, Invitation, Role, User, UserSession
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text, tokens
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, DomainError, NotFound, RuleBroken

MEMORY_KIB = 19456
_DUMMY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$PbCZjkZV5kqOPeqOFr6AvrJ0SVnC8iZBeBnJ0dOjCws"


class TooManyTries(DomainError):  # noqa: N818  # reads better in sentences
    """Too many wrong passwords: wait a little."""

    status = 429


def hasher(memory_kib: int = MEMORY_KIB) -> PasswordHasher:
    """argon2id as OWASP advises (19 MiB, two passes, one lane); tests take less memory."""
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)


def add(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role,
    pay_view: bool = False,
    team: str = "",
    password: str | None = None,
    act: Moment,
    memory_kib: int = MEMORY_KIB,
) -> User:
    """Make an account. Without a password its person gets one by invitation. Raises RuleBroken, Conflict when the address is taken."""
    key = rules.email_key(email)
    clean_name = text.one_line(name)
    if not clean_name:
        raise RuleBroken.at("name", "Enter a name.")
    if queries.by_email(session, email):
        raise Conflict(f"{email} has an account already.", errors={"email": ["This address has an account already."]})
    if password is not None:
        rules.check_password(password, name=clean_name, email=email)
    user = User(
        email=email.strip(),
        email_key=key,
        name=clean_name,
        role=role,
        team=text.one_line(team),
        pay_view=pay_view,
        active=True,
        password_hash=hasher(memory_kib).hash(password) if password else None,
        created_at=act.now,
    )
    session.add(user)
    audit.record(session, action=AuditAction.USER_ADDED, subject=user, act=act, role=role.value, pay_view=pay_view)
    return user


def invite(session: Session, *, user: User, act: Moment) -> str:
    """Make a one-time secret with which a person chooses a password within a week; earlier ones end."""
    session.execute(
        update(Invitation).where(Invitation.user_id == user.id, Invitation.used_at.is_(None)).values(used_at=act.now)
    )
    secret = tokens.new()
    invitation = Invitation(
        user_id=user.id, digest=tokens.digest(secret), created_at=act.now, expires_at=act.now + rules.INVITATION
    )
    session.add(invitation)
    audit.record(session, action=AuditAction.USER_INVITED, subject=user, act=act)
    return secret


def accept_invitation(
    session: Session, *, secret: str, password: str, moment: Moment, memory_kib: int = MEMORY_KIB
) -> User:
    """Set the first password. Raises NotFound when the address was used or has run out, RuleBroken for a weak password."""
    invitation = queries.open_invitation(session, secret, now=moment.now)
    if invitation is None or not invitation.user.active:
        raise NotFound("This invitation has been used or has run out. Ask for a new one.")
    user = invitation.user
    rules.check_password(password, name=user.name, email=user.email)
    user.password_hash = hasher(memory_kib).hash(password)
    invitation.used_at = moment.now
    end_sessions(session, user=user)
    audit.record(session, action=AuditAction.USER_PASSWORD_SET, subject=user, act=moment.by(user))
    return user


def sign_in(
    session: Session, *, email: str, password: str, address: str, moment: Moment, memory_kib: int = MEMORY_KIB
) -> tuple[User, str] | None:
    """Check a password; answers the person and the secret of a new session, or None. The caller commits either way.

    Raises TooManyTries after five failures in fifteen minutes. Unknown and known addresses take the same time.
    """
    try:
        key = rules.email_key(email)
    except RuleBroken:
        key = email.strip().casefold()[:200]
    now = moment.now
    wait = rules.must_wait(queries.failures(session, email_key=key, now=now), now=now)
    if wait:
        raise TooManyTries(f"Too many tries. Wait {wait} seconds, then try again.")
    user = queries.by_email(session, email)
    good = False
    checker = hasher(memory_kib)
    with contextlib.suppress(VerificationError, InvalidHashError):
        good = checker.verify(user.password_hash if user and user.password_hash else _DUMMY, password)
    if not good or user is None or not user.active or not user.password_hash:
        session.add(FailedSignIn(email_key=key, address=address[:100], at=now))
        if user is not None:
            audit.record(session, action=AuditAction.USER_SIGN_IN_FAILED, subject=user, act=moment)
        session.flush()
        return None
    if checker.check_needs_rehash(user.password_hash):
        user.password_hash = checker.hash(password)
    session.execute(delete(FailedSignIn).where(FailedSignIn.email_key == key))
    secret = tokens.new()
    session.add(UserSession(user_id=user.id, digest=tokens.digest(secret), created_at=now, seen_at=now))
    audit.record(session, action=AuditAction.USER_SIGNED_IN, subject=user, act=moment.by(user))
    return user, secret


def end_session(session: Session, *, secret: str) -> None:
    """Sign a browser out: its cookie is worth nothing afterwards."""
    session.execute(delete(UserSession).where(UserSession.digest == tokens.digest(secret)))


def end_sessions(session: Session, *, user: User) -> None:
    """Sign a person out everywhere."""
    session.execute(delete(UserSession).where(UserSession.user_id == user.id))


def disable(session: Session, *, user: User, act: Moment) -> None:
    """End an account: its sessions, tokens and invitations are worth nothing from this moment."""
    user.active = False
    end_sessions(session, user=user)
    for token in session.scalars(select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))):
        revoke(session, token=token, act=act)
    session.execute(
        update(Invitation).where(Invitation.user_id == user.id, Invitation.used_at.is_(None)).values(used_at=act.now)
    )
    record_ending(session, Ending.ACCOUNT, user, made_at=user.created_at, act=act)
    audit.record(session, action=AuditAction.USER_DISABLED, subject=user, act=act)


def revoke(session: Session, *, token: ApiToken, act: Moment) -> None:
    """End an API token: it is worth nothing from this moment, and after any restore."""
    token.revoked_at = act.now
    record_ending(session, Ending.TOKEN, token, made_at=token.created_at, act=act)


def new_token(session: Session, *, user: User, act: Moment) -> str:
    """Make an API token; it is told once and kept only as its digest. Raises Conflict for a disabled account."""
    if not user.active:
        raise Conflict(f"{user.email} is disabled. A disabled account has no tokens.")
    secret = tokens.new()
    session.add(ApiToken(user_id=user.id, digest=tokens.digest(secret), created_at=act.now))
    audit.record(session, action=AuditAction.USER_TOKEN_MADE, subject=user, act=act)
    return secret


def touch_session(session: Session, *, session_id: int, now: dt.datetime) -> None:
    """Note that a signed-in browser is in use."""
    session.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=now))


def any_user(session: Session) -> bool:
    """Whether anybody has an account yet."""
    return session.scalars(select(User.id).limit(1)).first() is not None


def choose_shortcuts(session: Session, *, user: User, on: bool) -> None:
    """Single letters act as keys, or do not: for those whose voice or device types letters by itself."""
    user.shortcuts = on
    session.flush()


def choose_theme(session: Session, *, user: User, theme: str) -> None:
    """Show pages light, dark, or as the device says (system). Raises RuleBroken for anything else."""
    if theme not in {"system", "light", "dark"}:
        raise RuleBroken.at("theme", "Choose light, dark, or as the device says.")
    user.theme = theme
    session.flush()
