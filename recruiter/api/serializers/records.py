"""Notes, follow-ups and files in JSON."""

from __future__ import annotations

from recruiter.api.serializers import people, values
from recruiter.candidates.models import Attachment, Note, Task
from recruiter.foundation.json_types import JsonObject
from recruiter.handover.rules import Handover

COMMON = "id candidate_id application_id created_at"


def note(record: Note) -> JsonObject:
    """A note with its author, and whoever else reads it where it is private."""
    readers = [people.person(reader.user) for reader in record.readers]
    return {**values.fields(record, f"{COMMON} text private author edited_at version"), "readers": readers}


def task(record: Task) -> JsonObject:
    """A follow-up: what is to be done, by whom, by when."""
    return values.fields(record, f"{COMMON} what due_on assignee done_at version")


def handover(given: Handover) -> JsonObject:
    """One handing over: from whom to whom (from null: nobody had it), by whom (null: a command), and when."""
    return {
        "from": people.person(given.before) if given.before else None,
        "to": people.person(given.after),
        "by": people.person(given.by) if given.by else None,
        "at": values.instant(given.at),
    }


def file(record: Attachment) -> JsonObject:
    """A file; its bytes are at `/files/{id}/content`."""
    return values.fields(record, f"{COMMON} name kind media_type size for_panel uploaded_by")
