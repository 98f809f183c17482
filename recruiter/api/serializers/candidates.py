"""Candidates in JSON; how to reach them is there only for those who run searches."""

from __future__ import annotations

from recruiter.accounts.models import User
from recruiter.api.serializers import values
from recruiter.candidates.models import Candidate
from recruiter.foundation.json_types import JsonObject


def candidate(record: Candidate, *, viewer: User) -> JsonObject:
    """A person."""
    names = "id name headline location version created_at"
    return values.fields(record, f"{names} emails phones source links tags" if viewer.is_staff else names)
