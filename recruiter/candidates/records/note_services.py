"""Notes written, edited with their history kept, and taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Note, NoteReader, NoteVersion
from recruiter.foundation import text


def write(
    session: Session,
    *,
    candidate: Candidate,
    words: str,
    author: User,
    now: dt.datetime,
    application_id: int | None = None,
    private: bool = False,
    readers: Sequence[User] = (),
) -> Note:
    """Write a note about a person, or about one of their applications. Readers are named in private notes alone.

    Raises RuleBroken at `text` or `readers`.
    """
    said = rules.note_text(words)
    rules.check_readers(private=private, count=len(readers))
    note = Note(
        candidate_id=candidate.id,
        application_id=application_id,
        text=said,
        text_key=text.folded(said),
        private=private,
        author=author,
        created_at=now,
        readers=_readers(readers, author),
    )
    session.add(note)
    session.flush()
    audit.record(session, action="note.written", subject=note, actor_id=author.id, at=now, private=private)
    return note


def edit(
    session: Session, *, note: Note, words: str, actor: User, now: dt.datetime, readers: Sequence[User] | None = None
) -> Note:
    """Change the words of a note, keeping those it had; with `readers`, let others read a private one. Raises RuleBroken."""
    said = rules.note_text(words)
    if readers is not None:
        rules.check_readers(private=note.private, count=len(readers))
        wanted = {one.id for one in readers}
        kept = [one for one in note.readers if one.user_id in wanted]
        known = {one.user_id for one in kept}
        note.readers = [*kept, *_readers([one for one in readers if one.id not in known], note.author)]
    if said != note.text:
        before = note.edited_at or note.created_at
        session.add(NoteVersion(note_id=note.id, number=len(note.earlier) + 1, text=note.text, at=before))
        note.text, note.text_key, note.edited_at = said, text.folded(said), now
        session.flush()
        session.expire(note, ["earlier"])
    audit.record(session, action="note.edited", subject=note, actor_id=actor.id, at=now, readers=len(note.readers))
    return note


def remove(session: Session, *, note: Note, actor: User, now: dt.datetime) -> None:
    """Take a note away from everybody's sight."""
    note.removed_at = now
    audit.record(session, action="note.removed", subject=note, actor_id=actor.id, at=now)


def restore(session: Session, *, note: Note, actor: User, now: dt.datetime) -> None:
    """Bring back a note that was taken away."""
    note.removed_at = None
    audit.record(session, action="note.restored", subject=note, actor_id=actor.id, at=now)


def _readers(chosen: Sequence[User], author: User) -> list[NoteReader]:
    others = {one.id: one for one in chosen if one.id != author.id}
    return [NoteReader(user=one) for one in others.values()]
