"""Finding the people who work here."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from recruiter.accounts import rules, sign_in_rules
from recruiter.accounts.models import (
    ApiToken,
    FailedSignIn,
    Invitation,
    KnownDevice,
    LinkPurpose,
    RecoveryCode,
    Role,
    User,
    UserSession,
)
from recruiter.accounts.sign_in_rules import Try
from recruiter.foundation import text, tokens
from recruiter.foundation.database import paging
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
    if user is None:
        raise RuleBroken.at(field, f"Nobody here has the address {email}. Invite them first, or check the spelling.")
    if not user.active:
        raise RuleBroken.at(
            field, f"{email} is disabled. Choose somebody else, or ask an administrator to enable the account."
        )
    return user


def live_token(session: Session, secret: str, *, now: dt.datetime) -> ApiToken | None:
    """The API token with this secret: None for unknown, revoked and ended ones and for those of people who left."""
    wanted = select(ApiToken).join(ApiToken.user).options(contains_eager(ApiToken.user))
    alive = wanted.where(ApiToken.digest == tokens.digest(secret), ApiToken.revoked_at.is_(None), User.active)
    token = session.scalars(alive).first()
    return token if token and (token.expires_at is None or token.expires_at > now) else None


def tokens_of(session: Session, user: User, *, now: dt.datetime) -> list[ApiToken]:
    """The API tokens of somebody that still work, the newest first."""
    wanted = select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    alive = wanted.where(ApiToken.expires_at.is_(None) | (ApiToken.expires_at > now))
    return list(session.scalars(alive.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())))


def _session_of(session: Session, secret: str) -> UserSession | None:
    """The browser with this secret, whatever its age, while its person works here."""
    wanted = select(UserSession).join(UserSession.user).options(contains_eager(UserSession.user))
    return session.scalars(wanted.where(UserSession.digest == tokens.digest(secret), User.active)).first()


def live_session(session: Session, secret: str, *, now: dt.datetime) -> UserSession | None:
    """The signed-in browser with this secret, if it still lives and its person still works here."""
    browser = _session_of(session, secret)
    if (
        browser
        and not browser.awaits_code
        and rules.session_lives(created_at=browser.created_at, seen_at=browser.seen_at, now=now)
    ):
        return browser
    return None


def lapsed_session(session: Session, secret: str, *, now: dt.datetime) -> UserSession | None:
    """The browser with this secret whose session has run out by itself of late. It lets nobody in: it tells whose text to keep."""
    browser = _session_of(session, secret)
    return browser if browser and not browser.awaits_code and now - browser.seen_at < rules.LAPSED else None


def half_open_session(session: Session, secret: str, *, now: dt.datetime) -> UserSession | None:
    """The browser with this secret in which the password was right and the code of the second factor is still to come."""
    browser = _session_of(session, secret)
    return browser if browser and browser.awaits_code and now - browser.created_at < rules.CODE else None


def sessions_of(session: Session, user: User, *, now: dt.datetime) -> list[UserSession]:
    """The browsers in which somebody is signed in, the last used first."""
    query = select(UserSession).where(UserSession.user_id == user.id, UserSession.awaits_code.is_(False))
    opened = session.scalars(query.order_by(UserSession.seen_at.desc(), UserSession.id.desc()))
    return [row for row in opened if rules.session_lives(created_at=row.created_at, seen_at=row.seen_at, now=now)]


def open_link(session: Session, secret: str, *, now: dt.datetime) -> Invitation | None:
    """A link for a password that may still be used, while its person works here."""
    wanted = select(Invitation).where(
        Invitation.digest == tokens.digest(secret), Invitation.used_at.is_(None), Invitation.expires_at > now
    )
    return session.scalars(wanted).first()


def resets_since(session: Session, user: User, *, since: dt.datetime) -> int:
    """How many links for a new password somebody was sent since an instant."""
    sent = select(func.count(Invitation.id)).where(
        Invitation.user_id == user.id, Invitation.purpose == LinkPurpose.RESET, Invitation.created_at > since
    )
    return session.scalars(sent).one()


def tries_at_account(session: Session, *, email_key: str, now: dt.datetime) -> list[Try]:
    """What was tried in vain for an address of late, whether somebody has it or not."""
    query = select(FailedSignIn.at, FailedSignIn.address, FailedSignIn.device_id)
    recent = query.where(FailedSignIn.email_key == email_key, FailedSignIn.at > now - sign_in_rules.WINDOW)
    return [Try(*row) for row in session.execute(recent)]


def tries_of_network(session: Session, *, network: str, now: dt.datetime) -> list[dt.datetime]:
    """When strangers tried in vain from a network of late, for whatever account."""
    recent = select(FailedSignIn.at).where(
        FailedSignIn.address == network, FailedSignIn.at > now - sign_in_rules.WINDOW
    )
    return list(session.scalars(recent.where(FailedSignIn.device_id.is_(None))))


def known_device(session: Session, *, user: User, secret: str) -> KnownDevice | None:
    """The browser with this secret, if this person has signed in there before."""
    digest = tokens.digest(f"{user.id}:{secret}")
    return session.scalars(select(KnownDevice).where(KnownDevice.digest == digest)).first() if secret else None


def unused_recovery_codes(session: Session, user: User) -> list[RecoveryCode]:
    """The recovery codes that somebody has left."""
    left = select(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return list(session.scalars(left))


def page(
    session: Session,
    *,
    limit: int,
    cursor: str | None = None,
    q: str = "",
    role: Role | None = None,
    active: bool | None = None,
) -> paging.Page[User]:
    """People by name, the disabled too, a page at a time; `q` are words of the name or the address."""
    search_words = text.folded(q).split()

    def key(user: User) -> tuple[str, int]:
        return text.folded(user.name), user.id

    def is_wanted(user: User) -> bool:
        about = text.folded(f"{user.name} {user.email}")
        return (
            role in {None, user.role} and active in {None, user.active} and all(word in about for word in search_words)
        )

    after = paging.decode(cursor, str, int)
    people = sorted(filter(is_wanted, everybody(session)), key=key)
    rest = [user for user in people if after is None or key(user) > (after[0], after[1])]
    return paging.page_of(rest, limit=limit, key=key)


def other_admins(session: Session, user: User) -> int:
    """How many active administrators there are beside somebody."""
    others = select(func.count(User.id)).where(User.role == Role.ADMIN, User.active, User.id != user.id)
    return session.scalars(others).one()


def any_admin(session: Session) -> bool:
    """Whether anybody is an administrator yet."""
    return session.scalars(select(User.id).where(User.role == Role.ADMIN).limit(1)).first() is not None


def everybody(session: Session) -> list[User]:
    """All people, the disabled too, by name; those who only came with imported decisions are left out."""
    works_here = User.email_key.not_like(f"%{rules.IMPORTED}")
    return list(session.scalars(select(User).where(works_here).order_by(func.lower(User.name), User.id)))
