"""Notes, follow-ups and files in JSON."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.candidates.models import Attachment, Note, Task
from recruiter.foundation.json_types import JsonObject


def note(record: Note) -> JsonObject:
    """A note with its author, and whoever else reads it where it is private."""
    return {
        **_common(record),
        "text": record.text,
        "private": record.private,
        "author": people.person(record.author),
        "readers": [people.person(reader.user) for reader in record.readers],
        "edited_at": values.instant(record.edited_at),
        "version": record.version,
    }


def task(record: Task) -> JsonObject:
    """A follow-up: what is to be done, by whom, by when."""
    return {
        **_common(record),
        "what": record.what,
        "due_on": values.day(record.due_on),
        "assignee": people.person(record.assignee),
        "done_at": values.instant(record.done_at),
        "version": record.version,
    }


def file(record: Attachment) -> JsonObject:
    """A file; its bytes are at `/files/{id}/content`."""
    return {
        **_common(record),
        "name": record.name,
        "kind": record.kind.value,
        "media_type": record.media_type,
        "size": record.size,
        "for_panel": record.for_panel,
        "uploaded_by": people.person(record.uploaded_by),
    }


def _common(record: Note | Task | Attachment) -> JsonObject:
    return {
        "id": record.id,
        "candidate_id": record.candidate_id,
        "application_id": record.application_id,
        "created_at": values.instant(record.created_at),
    }
