"""The questions about notes, follow-ups and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruiter.candidates.models import Attachment, Note, Task
from recruiter.policy import record_scopes

if TYPE_CHECKING:
    from recruiter.policy.predicates import Facts


def reads_note(f: Facts) -> bool:
    """The note is within his sight."""
    return f.session.scalar(record_scopes.notes(f.actor).where(Note.id == f.subject.id)) is not None


def wrote_note(f: Facts) -> bool:
    """The note is his own."""
    return f.subject.author_id == f.actor.id  # type: ignore[no-any-return]


def reads_task(f: Facts) -> bool:
    """The follow-up is within his sight."""
    return f.session.scalar(record_scopes.tasks(f.actor).where(Task.id == f.subject.id)) is not None


def has_task(f: Facts) -> bool:
    """He is to do it, or asked for it."""
    return f.actor.id in {f.subject.assignee_id, f.subject.created_by_id}


def reads_file(f: Facts) -> bool:
    """The file is within his sight."""
    return f.session.scalar(record_scopes.files(f.actor).where(Attachment.id == f.subject.id)) is not None


def uploaded_file(f: Facts) -> bool:
    """He put the file there."""
    return f.subject.uploaded_by_id == f.actor.id  # type: ignore[no-any-return]
