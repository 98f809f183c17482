"""Reading what is written, planned and kept about people. Each takes `within`, the ids that its viewer may see."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.candidates.models import Attachment, Note, NoteReader, Subject, Task
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.files.file_store import FileStore

MOST = 500
Record = TypeVar("Record", Note, Task, Attachment)


def _about(model: type[Record], subject: Subject, within: Scope) -> Select[Record]:
    """The records on a person; about an application, those of other applications are left out."""
    query = select(model).where(model.candidate_id == subject.candidate_id, within.contains(model.id)).limit(MOST)
    if subject.application_id is None:
        return query
    return query.where((model.application_id == subject.application_id) | model.application_id.is_(None))


def notes_about(session: Session, subject: Subject, *, within: Scope) -> list[Note]:
    """The notes on a person or an application, the latest first."""
    query = _about(Note, subject, within).options(
        joinedload(Note.author), selectinload(Note.earlier), selectinload(Note.readers).joinedload(NoteReader.user)
    )
    return list(session.scalars(query.order_by(Note.created_at.desc(), Note.id.desc())))


def tasks_about(session: Session, subject: Subject, *, within: Scope) -> list[Task]:
    """The follow-ups on a person or an application, the next due first, those done among them."""
    query = _about(Task, subject, within).order_by(Task.due_on, Task.id)
    people = [joinedload(person) for person in (Task.assignee, Task.created_by, Task.done_by, Task.handed_from)]
    return list(session.scalars(query.options(*people)))


def files_about(session: Session, subject: Subject, *, within: Scope) -> list[Attachment]:
    """The files on a person or an application, the latest first."""
    query = _about(Attachment, subject, within).options(joinedload(Attachment.uploaded_by))
    return list(session.scalars(query.order_by(Attachment.created_at.desc(), Attachment.id.desc())))


def file_totals(session: Session, subject: Subject) -> tuple[int, int]:
    """How many files a person has and how many bytes they take, those out of the viewer's sight too: what the quota counts."""
    query = select(func.count(), func.coalesce(func.sum(Attachment.size), 0)).where(
        Attachment.candidate_id == subject.candidate_id, Attachment.removed_at.is_(None)
    )
    count, size = session.execute(query).one()
    return int(count), int(size)


def without_bytes(session: Session, store: FileStore) -> list[int]:
    """The numbers of the files whose bytes are not where they should be."""
    rows = session.execute(select(Attachment.id, Attachment.storage_key).order_by(Attachment.id))
    keys = set(store.all_keys())
    return [number for number, key in rows if key not in keys]


def storage_keys(session: Session) -> set[str]:
    """Under which keys the bytes of files lie that belong to somebody, those included that were removed of late."""
    return set(session.scalars(select(Attachment.storage_key)))
