"""Reading what is written, planned and kept about people. Each takes `within`, the ids that its viewer may see."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.candidates.models import Attachment, Candidate, Note, NoteReader, Task

MOST = 500


Record = TypeVar("Record", Note, Task, Attachment)


def _about(
    model: type[Record], candidate: Candidate, *, within: Select[int], application_id: int | None
) -> Select[Record]:
    """The records on a person; with an application, those of other applications are left out."""
    query = select(model).where(model.candidate_id == candidate.id, model.id.in_(within)).limit(MOST)
    if application_id is not None:
        query = query.where((model.application_id == application_id) | model.application_id.is_(None))
    return query


def notes_about(
    session: Session, candidate: Candidate, *, within: Select[int], application_id: int | None = None
) -> list[Note]:
    """The notes on a person, the latest first."""
    query = _about(Note, candidate, within=within, application_id=application_id).options(
        joinedload(Note.author), selectinload(Note.earlier), selectinload(Note.readers).joinedload(NoteReader.user)
    )
    return list(session.scalars(query.order_by(Note.created_at.desc(), Note.id.desc())))


def tasks_about(
    session: Session, candidate: Candidate, *, within: Select[int], application_id: int | None = None
) -> list[Task]:
    """The follow-ups on a person, the next due first, those done among them."""
    query = _about(Task, candidate, within=within, application_id=application_id).options(
        joinedload(Task.assignee), joinedload(Task.created_by), joinedload(Task.done_by)
    )
    return list(session.scalars(query.order_by(Task.due_on, Task.id)))


def tasks_due(session: Session, *, assignee_id: int, until: dt.date, within: Select[int], limit: int) -> list[Task]:
    """What somebody has to do by a day, the longest due first."""
    query = select(Task).where(
        Task.assignee_id == assignee_id, Task.done_at.is_(None), Task.due_on <= until, Task.id.in_(within)
    )
    return list(session.scalars(query.options(joinedload(Task.candidate)).order_by(Task.due_on, Task.id).limit(limit)))


def files_about(
    session: Session, candidate: Candidate, *, within: Select[int], application_id: int | None = None
) -> list[Attachment]:
    """The files on a person, the latest first."""
    query = _about(Attachment, candidate, within=within, application_id=application_id)
    query = query.options(joinedload(Attachment.uploaded_by))
    return list(session.scalars(query.order_by(Attachment.created_at.desc(), Attachment.id.desc())))


def file_totals(session: Session, candidate: Candidate) -> tuple[int, int]:
    """How many files a person has and how many bytes they take, those out of the viewer's sight too: what the quota counts."""
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.candidate_id == candidate.id, Attachment.removed_at.is_(None)
        )
    ).one()
    return int(row[0]), int(row[1])
