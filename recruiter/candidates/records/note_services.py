"""Notes written, edited with their history kept, and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.models import User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import rules
from recruiter.candidates.models import Note, NoteReader, NoteVersion, Subject
from recruiter.foundation import text
from recruiter.foundation.act import Act, Actor


def write(
    session: Session, *, subject: Subject, note_text: str, act: Act, private: bool = False, readers: Sequence[User] = ()
) -> Note:
    """Write a note about a person, or about one of their applications. Readers are named in private notes alone.

    Raises RuleBroken at `text` or `readers`.
    """
    cleaned = rules.note_text(note_text)
    rules.check_readers(private=private, count=len(readers))
    note = Note(candidate_id=subject.candidate_id, application_id=subject.application_id, private=private)
    note.text, note.text_key = cleaned, text.folded(cleaned)
    note.author_id, note.created_at = act.actor.id, act.now
    note.readers = _readers(readers, act.actor)
    session.add(note)
    audit.record(session, action=AuditAction.NOTE_WRITTEN, subject=note, act=act, private=private)
    return note


def edit(session: Session, *, note: Note, note_text: str, act: Act, readers: Sequence[User] | None = None) -> Note:
    """Change the words of a note, keeping those it had; with `readers`, let others read a private one. Raises RuleBroken."""
    cleaned = rules.note_text(note_text)
    if readers is not None:
        rules.check_readers(private=note.private, count=len(readers))
        ids = {user.id for user in readers}
        remaining = {reader.user_id: reader for reader in note.readers if reader.user_id in ids}
        note.readers = [*remaining.values(), *_readers(added_readers(note, readers), note.author)]
    if cleaned != note.text:
        written_at = note.edited_at or note.created_at
        session.add(NoteVersion(note_id=note.id, number=len(note.earlier) + 1, text=note.text, at=written_at))
        note.text, note.text_key, note.edited_at = cleaned, text.folded(cleaned), act.now
        session.flush()
        session.expire(note, ["earlier"])
    audit.record(session, action=AuditAction.NOTE_EDITED, subject=note, act=act, readers=len(note.readers))
    return note


def added_readers(note: Note, readers: Sequence[User]) -> list[User]:
    """Those who could not read a private note so far."""
    present = {reader.user_id for reader in note.readers}
    return [user for user in readers if user.id not in present]


def remove(session: Session, *, note: Note, act: Act) -> str:
    """Take a note away from everybody's sight. Answers the secret that brings it back."""
    note.removed_at = act.now
    audit.record(session, action=AuditAction.NOTE_REMOVED, subject=note, act=act)
    return undo_token_services.issue(session, action=UndoAction.NOTE_REMOVED, payload={"id": note.id}, act=act)


def restore(session: Session, *, note: Note, act: Act) -> None:
    """Bring back a note that was taken away."""
    note.removed_at = None
    audit.record(session, action=AuditAction.NOTE_RESTORED, subject=note, act=act)


def _readers(users: Sequence[User], author: Actor) -> list[NoteReader]:
    readers_by_id = {user.id: user for user in users if user.id != author.id}
    return [NoteReader(user=user) for user in readers_by_id.values()]
