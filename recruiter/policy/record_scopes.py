"""Which notes, follow-ups and files somebody may see, as selects of ids that doors hand to queries.

Nobody who owes a card on a person reads what others wrote about them: a note can tell as much as a card.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from recruiter.accounts.models import User
from recruiter.candidates.models import Attachment, Candidate, Note, NoteReader, Task
from recruiter.candidates.queries import SearchScope
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.scorecards import queries as scorecards


def _open_to(actor: User, candidate_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Where no card is owed on the person."""
    return ~candidate_id.in_(select(Application.candidate_id).where(Application.id.in_(scorecards.owed_by(actor))))


def _in_sight(
    actor: User, candidate_id: InstrumentedAttribute[int], application_id: InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    return and_(
        candidate_id.in_(scopes.candidates(actor)),
        or_(application_id.is_(None), application_id.in_(scopes.applications(actor))),
    )


def notes(actor: User) -> Select[int]:
    """Ids of the notes that somebody may read: their own, private ones that name them, and those of their searches and panels."""
    as_reader = Note.id.in_(select(NoteReader.note_id).where(NoteReader.user_id == actor.id))
    team: ColumnElement[bool] = Note.private.is_(False)
    if not actor.is_staff:  # who interviews reads what belongs to the applications that they meet
        team = and_(team, Note.application_id.is_not(None))
    others = and_(or_(team, as_reader), _open_to(actor, Note.candidate_id))
    return select(Note.id).where(
        Note.removed_at.is_(None),
        _in_sight(actor, Note.candidate_id, Note.application_id),
        or_(Note.author_id == actor.id, others),
    )


def tasks(actor: User) -> Select[int]:
    """Ids of the follow-ups that somebody may see: those they have or asked for, and those of their searches."""
    own = or_(Task.assignee_id == actor.id, Task.created_by_id == actor.id)
    others = _open_to(actor, Task.candidate_id) if actor.is_staff else ~true()
    return select(Task.id).where(_in_sight(actor, Task.candidate_id, Task.application_id), or_(own, others))


def files(actor: User) -> Select[int]:
    """Ids of the files that somebody may open; interviewers those that are meant for the panel."""
    wanted = select(Attachment.id).where(
        Attachment.removed_at.is_(None), _in_sight(actor, Attachment.candidate_id, Attachment.application_id)
    )
    return wanted if actor.is_staff else wanted.where(Attachment.for_panel.is_(True))


def search_scope(actor: User) -> SearchScope:
    """The people whom somebody may search, and by what: staff by headline, place, tags and contacts too, all by the notes they read."""
    hidden = select(Application.candidate_id).where(Application.id.not_in(scopes.applications(actor)))
    wholly_seen = select(Candidate.id).where(Candidate.id.not_in(hidden)) if actor.is_staff else None
    return SearchScope(scopes.candidates(actor), notes(actor), aliases=wholly_seen, contacts_too=actor.is_staff)
