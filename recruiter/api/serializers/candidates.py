"""Candidates in JSON; how to reach them is there only for those who run searches."""

from __future__ import annotations

from recruiter.accounts.models import Role, User
from recruiter.api.serializers import values
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.foundation.json_types import JsonObject


def candidate(record: Candidate, *, viewer: User) -> JsonObject:
    """A person."""
    data: JsonObject = {
        "id": record.id,
        "name": record.name,
        "headline": record.headline,
        "location": record.location,
        "version": record.version,
        "created_at": values.instant(record.created_at),
    }
    if viewer.role in {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}:
        data["emails"] = [contact.value for contact in record.contacts if contact.kind == ContactKind.EMAIL]
        data["phones"] = [contact.value for contact in record.contacts if contact.kind == ContactKind.PHONE]
        data["source"], data["links"], data["tags"] = record.source, record.links, record.tags
    return data
