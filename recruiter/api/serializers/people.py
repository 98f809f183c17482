"""People of the company in JSON."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.json_types import JsonObject


def person(user: User) -> JsonObject:
    """Somebody, as others see them."""
    return {"id": user.id, "name": user.name, "email": user.email}


def candidate(record: Candidate) -> JsonObject:
    """Somebody who applied, by name."""
    return {"id": record.id, "name": record.name}


def me(user: User) -> JsonObject:
    """The caller."""
    return {
        **person(user),
        "role": user.role.value,
        "team": user.team,
        "pay_view": user.pay_view,
        "version": user.version,
    }
