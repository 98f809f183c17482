"""People of the company in JSON."""

from __future__ import annotations

from typing import Any

from recruiter.accounts.models import User


def person(user: User) -> dict[str, Any]:
    """Somebody, as others see him."""
    return {"id": user.id, "name": user.name, "email": user.email}


def me(user: User) -> dict[str, Any]:
    """The caller himself."""
    return {
        **person(user),
        "role": user.role.value,
        "team": user.team,
        "pay_view": user.pay_view,
        "version": user.version,
    }
