"""Keys to the JSON API: made, used, revoked."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from recruiter.accounts import rules
from recruiter.accounts.models import ApiToken, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text, tokens
from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken

USED_EVERY = dt.timedelta(hours=1)  # how closely the last use is known: a look at the API is no write each time


def new_token(
    session: Session,
    *,
    user: User,
    act: Moment,
    name: str = "",
    days: int = rules.TOKEN_DAYS,
    read_only: bool = False,
) -> str:
    """Make an API token that ends after some days; it is told once and kept only as its digest.

    Raises Conflict for a disabled account, RuleBroken at `days` for no number of days up to a year.
    """
    if not user.active:
        raise Conflict(f"{user.email} is disabled. A disabled account has no tokens.")
    if not 1 <= days <= rules.LONGEST_TOKEN_DAYS:
        raise RuleBroken.at("days", f"A token lives for 1 to {rules.LONGEST_TOKEN_DAYS} days.")
    secret = tokens.new()
    token = ApiToken(
        user_id=user.id,
        digest=tokens.digest(secret),
        created_at=act.now,
        expires_at=act.now + dt.timedelta(days=days),
        name=text.one_line(name)[:100],
        read_only=read_only,
    )
    session.add(token)
    audit.record(session, action=AuditAction.USER_TOKEN_MADE, subject=user, act=act)
    return secret


def revoke(session: Session, *, user: User, token_id: int, act: Moment) -> None:
    """End one of somebody's tokens at once. Raises NotFound for those of others and for one that has been revoked."""
    own = select(ApiToken).where(
        ApiToken.id == min(token_id, rules.LARGEST_NUMBER), ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None)
    )
    token = session.scalars(own).first()
    if token is None:
        raise NotFound
    end(session, token=token, act=act)
    audit.record(session, action=AuditAction.USER_TOKEN_REVOKED, subject=user, act=act, token_id=token.id)


def revoke_all(session: Session, *, user: User, act: Moment) -> None:
    """End every token of somebody."""
    for token in session.scalars(select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))):
        end(session, token=token, act=act)


def end(session: Session, *, token: ApiToken, act: Moment) -> None:
    """End a token: it is worth nothing from this moment, and after any restore."""
    token.revoked_at = act.now
    record_ending(session, Ending.TOKEN, token, made_at=token.created_at, act=act)


def is_use_to_note(token: ApiToken, *, now: dt.datetime) -> bool:
    """Whether the last use that is known of a token is long enough ago to be written anew."""
    return token.last_used_at is None or now - token.last_used_at >= USED_EVERY


def note_use(session: Session, *, token: ApiToken, now: dt.datetime) -> None:
    """Remember when a token was last used."""
    session.execute(update(ApiToken).where(ApiToken.id == token.id).values(last_used_at=now))
