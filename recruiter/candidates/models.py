"""Candidates, how to reach them, and what is written, planned and kept about them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Protocol

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.accounts.models import User
from recruiter.foundation.database.append_only import AppendOnly
from recruiter.foundation.database.columns import Digest, IntPk, LongText
from recruiter.foundation.database.db import Model, Versioned


class ContactKind(StrEnum):
    """A way to reach somebody."""

    EMAIL = "email"
    PHONE = "phone"


class Subject(Protocol):
    """What a note, a follow-up, a file or a consent is about: a person (no `application_id`), or one of their applications."""

    @property
    def candidate_id(self) -> int:
        """The number of the person."""

    @property
    def application_id(self) -> int | None:
        """The number of the application, None for the person as such."""


class Candidate(Versioned, Model):
    """A person. `search_key` holds name, headline, place, tags and contacts in folded form, for search without accents or case.

    `tags_key` holds the tags alone, each between bars. A person who was found to be another has `merged_into_id`:
    the row stays as it was, whatever hung on it hangs on the other. Of somebody with `erased_at` nothing is left but figures.
    """

    id: Mapped[IntPk]
    name: Mapped[str]
    headline: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    name_key: Mapped[str] = mapped_column(index=True)
    search_key: Mapped[LongText] = mapped_column(default="")
    tags_key: Mapped[LongText] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    merged_at: Mapped[dt.datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    erased_at: Mapped[dt.datetime | None]
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="candidate", order_by="Contact.id", cascade="all, delete-orphan"
    )
    merged_by: Mapped[User | None] = relationship(foreign_keys=[merged_by_id])

    @property
    def candidate_id(self) -> int:
        """The number of the person, as their applications have it: a `Subject` of notes, follow-ups and files."""
        return self.id

    @property
    def application_id(self) -> None:
        """None: what is about a person as such belongs to no application."""

    @property
    def emails(self) -> list[str]:
        """Their e-mail addresses, in the order in which they were entered."""
        return [contact.value for contact in self.contacts if contact.is_email]

    @property
    def phones(self) -> list[str]:
        """Their phone numbers, in the order in which they were entered."""
        return [contact.value for contact in self.contacts if not contact.is_email]


class Contact(Model):
    """An e-mail address or phone number; `key` is the form in which two are compared."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    kind: Mapped[ContactKind]
    value: Mapped[str]
    key: Mapped[str]
    candidate: Mapped[Candidate] = relationship(back_populates="contacts")

    @property
    def is_email(self) -> bool:
        """Whether it is an address; else it is a number."""
        return self.kind == ContactKind.EMAIL

    __table_args__ = (Index("ix_contact_kind_key", "kind", "key"),)


class SetApart(Model):
    """Two people who look the same and are not: somebody has looked. `first_id` is the smaller number."""

    id: Mapped[IntPk]
    first_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)


class Note(Versioned, Model):
    """What somebody wrote about a person, or about one of their applications, whose readers it then shares.

    A private note is for its author and the readers named in it, whatever their role. `text_key` is the folded text.
    """

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    text: Mapped[LongText]
    text_key: Mapped[LongText]
    private: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[dt.datetime]
    edited_at: Mapped[dt.datetime | None]
    removed_at: Mapped[dt.datetime | None]
    author: Mapped[User] = relationship()
    readers: Mapped[list[NoteReader]] = relationship(order_by="NoteReader.id", cascade="all, delete-orphan")
    earlier: Mapped[list[NoteVersion]] = relationship(order_by="NoteVersion.number")


class NoteReader(Model):
    """Somebody whom the author of a private note lets read it."""

    id: Mapped[IntPk]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user: Mapped[User] = relationship()
    __table_args__ = (UniqueConstraint("note_id", "user_id"),)


class NoteVersion(AppendOnly, Model):
    """The words that a note had before it was edited; `at` is when they were written."""

    id: Mapped[IntPk]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    number: Mapped[int]
    text: Mapped[LongText]
    at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("note_id", "number"),)


class Task(Versioned, Model):
    """Something to be done about a person or one of their applications, by somebody, by a day."""

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    what: Mapped[LongText]
    due_on: Mapped[dt.date]
    assignee_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    handed_from_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # whose it was before, and until when
    handed_at: Mapped[dt.datetime | None]
    candidate: Mapped[Candidate] = relationship()
    assignee: Mapped[User] = relationship(foreign_keys=[assignee_id])
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])
    handed_from: Mapped[User | None] = relationship(foreign_keys=[handed_from_id])


class FileKind(StrEnum):
    """What a file is."""

    RESUME = "resume"
    COVER_LETTER = "cover_letter"
    PORTFOLIO = "portfolio"
    WORK_SAMPLE = "work_sample"
    CERTIFICATE = "certificate"
    OTHER = "other"


class Attachment(Versioned, Model):
    """A file about a person or one of their applications. The bytes lie in the file store under `storage_key`, never in the database.

    `name` is as its owner called it, for showing alone. Interviewers see a file only where `for_panel` says so.
    """

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[FileKind]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[Digest]
    storage_key: Mapped[str] = mapped_column(unique=True)
    for_panel: Mapped[bool] = mapped_column(default=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_by: Mapped[User] = relationship(foreign_keys=[uploaded_by_id])
    removed_by: Mapped[User | None] = relationship(foreign_keys=[removed_by_id])


class Purpose(StrEnum):
    """What somebody has agreed to, beyond the search that they applied for."""

    KEEP_IN_TOUCH = "keep_in_touch"


class Consent(Versioned, Model):
    """What a person agreed to: for which purpose, in which words, by what way, until when. The latest row counts.

    `text` is what was read to them, `text_version` its number. `application_id` is the search after which they were asked.
    """

    id: Mapped[IntPk]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    purpose: Mapped[Purpose]
    text_version: Mapped[str]
    text: Mapped[LongText]
    channel: Mapped[str]
    given_on: Mapped[dt.date]
    ends_on: Mapped[dt.date] = mapped_column(index=True)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    candidate: Mapped[Candidate] = relationship()
    recorded_by: Mapped[User] = relationship(foreign_keys=[recorded_by_id])
