"""Finding the people who work here."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from recruiter.accounts import rules
from recruiter.accounts.models import ApiToken, FailedSignIn, Invitation, User, UserSession
from recruiter.foundation import tokens
from recruiter.foundation.errors import RuleBroken


def by_email(session: Session, email: str) -> User | None:
    """The person with this address, or None."""
    try:
        key = rules.email_key(email)
    except RuleBroken:
        return None
    return session.scalars(select(User).where(User.email_key == key)).first()


def by_email_or_refuse(session: Session, email: str, *, field: str = "email") -> User:
    """The active person with this address; RuleBroken at `field` where there is none."""
    user = by_email(session, email)
    if user is None or not user.active:
        raise RuleBroken.at(field, f"Nobody here has the address {email}. Invite them first, or check the spelling.")
    return user


def by_token(session: Session, secret: str) -> User | None:
    """Whose API token this is: None for unknown and revoked tokens and for people who left."""
    wanted = (
        select(User)
        .join(ApiToken)
        .where(ApiToken.digest == tokens.digest(secret), ApiToken.revoked_at.is_(None), User.active)
    )
    return session.scalars(wanted).first()


def _session_of(session: Session, secret: str) -> UserSession | None:
    """The browser with this secret, whatever its age, while its person works here."""
    wanted = select(UserSession).join(UserSession.user).options(contains_eager(UserSession.user))
    return session.scalars(wanted.where(UserSession.digest == tokens.digest(secret), User.active)).first()


def live_session(session: Session, secret: str, *, now: dt.datetime) -> UserSession | None:
    """The signed-in browser with this secret, if it still lives and its person still works here."""
    browser = _session_of(session, secret)
    if browser and rules.session_lives(created_at=browser.created_at, seen_at=browser.seen_at, now=now):
        return browser
    return None


def lapsed_session(session: Session, secret: str, *, now: dt.datetime) -> UserSession | None:
    """The browser with this secret whose session has run out by itself of late. It lets nobody in: it tells whose text to keep."""
    browser = _session_of(session, secret)
    return browser if browser and now - browser.seen_at < rules.LAPSED else None


def open_invitation(session: Session, secret: str, *, now: dt.datetime) -> Invitation | None:
    """An invitation that may still be used."""
    wanted = select(Invitation).where(
        Invitation.digest == tokens.digest(secret), Invitation.used_at.is_(None), Invitation.expires_at > now
    )
    return session.scalars(wanted).first()


def failures(session: Session, *, email_key: str, now: dt.datetime) -> list[dt.datetime]:
    """When a wrong password was given for an address of late."""
    query = select(FailedSignIn.at).where(FailedSignIn.email_key == email_key, FailedSignIn.at > now - rules.WINDOW)
    return list(session.scalars(query))


def everybody(session: Session) -> list[User]:
    """All people, by name; those without sign-in (raters of imported decisions) are left out."""
    signs_in = User.password_hash.is_not(None) | User.active
    return list(session.scalars(select(User).where(signs_in).order_by(func.lower(User.name), User.id)))
