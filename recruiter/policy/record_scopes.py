"""Which notes, follow-ups and files somebody may see, as conditions that doors hand to queries.

Nobody who owes a card on a person reads what others wrote about them: a note can tell as much as a card.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from recruiter.accounts.models import User
from recruiter.candidates.models import Attachment, Note, NoteReader, Task
from recruiter.candidates.queries import SearchScope
from recruiter.foundation.database.scope import Numbers, Scope, table_within
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.scorecards import queries as scorecards

Record = TypeVar("Record", Note, Task, Attachment)


def _open_to(actor: User, candidate_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Where no card is owed on the person."""
    return ~candidate_id.in_(select(Application.candidate_id).where(Application.id.in_(scorecards.owed_by(actor))))


def _in_sight(actor: User, record: type[Record]) -> ColumnElement[bool]:
    return and_(
        scopes.candidates(actor).contains(record.candidate_id),
        or_(record.application_id.is_(None), scopes.applications(actor).contains(record.application_id)),
    )


def _of(model: type[Record], readable: Callable[[type[Record]], ColumnElement[bool]]) -> Scope:
    """The records of a table that are readable."""

    def are_seen(numbers: Numbers) -> ColumnElement[bool]:
        record = table_within(model, "records")
        return exists().where(record.id == numbers, readable(record)).correlate_except(record)

    return Scope(are_seen)


def notes(actor: User) -> Scope:
    """The notes that somebody may read: their own, private ones that name them, and those of their searches and panels."""

    def readable(note: type[Note]) -> ColumnElement[bool]:
        as_reader = note.id.in_(select(NoteReader.note_id).where(NoteReader.user_id == actor.id))
        team: ColumnElement[bool] = note.private.is_(False)
        if not actor.is_staff:  # who interviews reads what belongs to the applications that they meet
            team = and_(team, note.application_id.is_not(None))
        others = and_(or_(team, as_reader), _open_to(actor, note.candidate_id))
        return and_(note.removed_at.is_(None), _in_sight(actor, note), or_(note.author_id == actor.id, others))

    return _of(Note, readable)


def tasks(actor: User) -> Scope:
    """The follow-ups that somebody may see: those they have or asked for, and those of their searches."""

    def readable(task: type[Task]) -> ColumnElement[bool]:
        own = or_(task.assignee_id == actor.id, task.created_by_id == actor.id)
        others = _open_to(actor, task.candidate_id) if actor.is_staff else false()
        return and_(_in_sight(actor, task), or_(own, others))

    return _of(Task, readable)


def files(actor: User) -> Scope:
    """The files that somebody may open; interviewers those that are meant for the panel."""

    def readable(file: type[Attachment]) -> ColumnElement[bool]:
        for_viewer = true() if actor.is_staff else file.for_panel.is_(True)
        return and_(file.removed_at.is_(None), _in_sight(actor, file), for_viewer)

    return _of(Attachment, readable)


def _wholly_seen(actor: User) -> Scope:
    """The people none of whose applications is hidden."""
    hidden = table_within(Application, "wholly seen")
    unseen = ~scopes.applications(actor).contains(hidden.id)
    return Scope(lambda numbers: ~exists().where(hidden.candidate_id == numbers, unseen).correlate_except(hidden))


def search_scope(actor: User) -> SearchScope:
    """The people whom somebody may search, and by what: staff by headline, place, tags and contacts too, all by the notes they read."""
    aliases = _wholly_seen(actor) if actor.is_staff else None
    return SearchScope(scopes.candidates(actor), notes(actor), aliases=aliases, contacts_too=actor.is_staff)
