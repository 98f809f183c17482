"""Notes, and what was said in a call or a mail: the words are checked, then they are kept. Pages and API write here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.candidates.models import Note, Subject
from recruiter.candidates.records import note_services
from recruiter.foundation.act import Act
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline.models import Application
from recruiter.privacy import word_check

CONTACTS = {"call": (Channel.PHONE, TouchKind.CALL), "email": (Channel.EMAIL, TouchKind.UPDATE)}


@dataclass(frozen=True)
class Entry:
    """What somebody writes down on an application: `how` is `call`, `email` or `note`.

    A call or a mail is a contact, `from_candidate` where they contacted us; `hear_by` is when they hear from us again.
    `confirmed` is the key of the warned words that the writer has seen (see `word_check.check`).
    """

    text: str
    how: str = "note"
    from_candidate: bool = False
    hear_by: dt.date | None = None
    private: bool = False
    readers: Sequence[User] = ()
    confirmed: str = ""

    @property
    def is_contact(self) -> bool:
        """Whether this is kept as a contact with the candidate, or promises one."""
        return self.how in CONTACTS or self.hear_by is not None


def write(
    session: Session, *, subject: Subject, text: str, act: Act, private: bool = False, readers: Sequence[User] = ()
) -> Note:
    """Write a note about a person, or about one of their applications. Raises RuleBroken at `text` or `readers`."""
    return note_services.write(session, subject=subject, note_text=text, private=private, readers=readers, act=act)


def edit(session: Session, *, note: Note, text: str, act: Act, readers: Sequence[User] | None = None) -> Note:
    """Change the words of a note, and with `readers` who else reads a private one. Raises RuleBroken."""
    return note_services.edit(session, note=note, note_text=text, readers=readers if note.private else None, act=act)


def log(session: Session, *, application: Application, entry: Entry, act: Act) -> None:
    """Keep a call, a mail or a note, and by when the candidate hears again.

    Raises:
        RuleBroken: at `text` (a contact: `said`) for words that may not be kept or sent, at `readers`, at `hear_by` for a date that is over.
        Conflict: the application has ended.
    """
    if entry.how in CONTACTS:
        channel, kind = CONTACTS[entry.how]
        direction = Direction.FROM if entry.from_candidate else Direction.TO
        if (
            channel == Channel.EMAIL and direction == Direction.TO
        ):  # what they said, and notes of a call, are let through
            names = word_check.names_in(application, act.actor)
            word_check.check(entry.text, field="text", names=names, confirmed=entry.confirmed)
        contact = contact_services.Contact(direction, channel, kind, entry.text)
        contact_services.record(session, application=application, contact=contact, hear_by=entry.hear_by, act=act)
        return
    write(session, subject=application, text=entry.text, private=entry.private, readers=entry.readers, act=act)
    if entry.hear_by is not None:
        promise_services.set_hear_by(session, application=application, by=entry.hear_by, act=act)
