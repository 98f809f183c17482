"""Notes, follow-ups and files in JSON."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.candidates.models import Attachment, Note, Task
from recruiter.foundation.json_types import JsonObject

COMMON = "id candidate_id application_id created_at"


def note(record: Note) -> JsonObject:
    """A note with its author, and whoever else reads it where it is private."""
    readers = [people.person(reader.user) for reader in record.readers]
    return {**values.fields(record, f"{COMMON} text private author edited_at version"), "readers": readers}


def task(record: Task) -> JsonObject:
    """A follow-up: what is to be done, by whom, by when."""
    return values.fields(record, f"{COMMON} what due_on assignee done_at version")


def file(record: Attachment) -> JsonObject:
    """A file; its bytes are at `/files/{id}/content`."""
    return values.fields(record, f"{COMMON} name kind media_type size for_panel uploaded_by")
