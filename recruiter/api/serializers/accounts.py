"""Accounts in JSON, with the browsers and tokens that open them."""

from __future__ import annotations

from recruiter.accounts import rules
from recruiter.accounts.models import ApiToken, User, UserSession
from recruiter.api.serializers import people
from recruiter.api.serializers.values import instant
from recruiter.foundation.json_types import JsonObject


def account(user: User) -> JsonObject:
    """Somebody with an account, as an administrator sees them; `joined` once they have chosen a password."""
    return {
        **people.me(user),
        "active": user.active,
        "joined": user.password_hash is not None,
        "second_factor": user.has_second_factor,
        "created_at": instant(user.created_at),
    }


def browser(row: UserSession) -> JsonObject:
    """A browser in which the caller is signed in."""
    ends_at = rules.session_end(created_at=row.created_at, seen_at=row.seen_at)
    return {
        "id": row.id,
        "browser": row.agent,
        "address": row.address,
        "created_at": instant(row.created_at),
        "seen_at": instant(row.seen_at),
        "ends_at": instant(ends_at),
    }


def token(row: ApiToken, *, current: ApiToken) -> JsonObject:
    """A token of the caller; `current` is the one of this request. Its secret is told once, when it is made."""
    return {
        "id": row.id,
        "name": row.name,
        "read_only": row.read_only,
        "current": row.id == current.id,
        "created_at": instant(row.created_at),
        "expires_at": instant(row.expires_at),
        "last_used_at": instant(row.last_used_at),
    }
