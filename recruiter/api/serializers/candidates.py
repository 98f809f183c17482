"""Candidates in JSON; how to reach them is there only for those who run searches."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import values
from recruiter.candidates.models import Candidate
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
    if viewer.is_staff:
        data["emails"], data["phones"] = record.emails, record.phones
        data["source"], data["links"], data["tags"] = record.source, record.links, record.tags
    return data
