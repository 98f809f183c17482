"""Candidates in JSON; how to reach them is there only for those who run searches."""

from __future__ import annotations

from typing import Any

from recruiter.accounts.models import Role, User
from recruiter.api.serializers import values
from recruiter.candidates.models import Candidate, ContactKind


def candidate(one: Candidate, *, viewer: User) -> dict[str, Any]:
    """A person."""
    out: dict[str, Any] = {
        "id": one.id,
        "name": one.name,
        "headline": one.headline,
        "location": one.location,
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }
    if viewer.role in {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}:
        out["emails"] = [c.value for c in one.contacts if c.kind == ContactKind.EMAIL]
        out["phones"] = [c.value for c in one.contacts if c.kind == ContactKind.PHONE]
        out["source"], out["links"], out["tags"] = one.source, one.links, one.tags
    return out
