"""Candidates with what is recorded about them: contacts, notes, tasks, files and consents."""

from sqlalchemy import JSON, Boolean, Date, Index, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, WORD, column, reference, table

table(
    "candidate",
    column("name", LINE),
    column("headline", LINE),
    column("location", LINE),
    column("source", LINE),
    column("links", JSON),
    column("tags", JSON),
    column("name_key", LINE, index=True),
    column("search_key", Text),
    reference("created_by_id", "user", nullable=True),
    column("created_at", MOMENT),
    column("version", Integer),
    column("tags_key", Text, server_default=""),
    reference("merged_into_id", "candidate", nullable=True, index=True),
    reference("merged_by_id", "user", nullable=True),
    column("merged_at", MOMENT, nullable=True),
)

table(
    "contact",
    reference("candidate_id", "candidate", index=True),
    column("kind", WORD),
    column("value", LINE),
    column("key", LINE),
    Index("ix_contact_kind_key", "kind", "key"),
)

table(
    "set_apart",
    reference("first_id", "candidate", index=True),
    reference("second_id", "candidate", index=True),
    reference("by_id", "user"),
    column("at", MOMENT),
    UniqueConstraint("first_id", "second_id"),
)

table(
    "note",
    reference("candidate_id", "candidate", index=True),
    reference("application_id", "application", nullable=True, index=True),
    column("text", Text),
    column("text_key", Text),
    column("private", Boolean),
    reference("author_id", "user", index=True),
    column("created_at", MOMENT),
    column("edited_at", MOMENT, nullable=True),
    column("removed_at", MOMENT, nullable=True),
    column("version", Integer),
)

table(
    "note_reader",
    reference("note_id", "note", index=True),
    reference("user_id", "user", index=True),
    UniqueConstraint("note_id", "user_id"),
)

table(
    "note_version",
    reference("note_id", "note", index=True),
    column("number", Integer),
    column("text", Text),
    column("at", MOMENT),
    UniqueConstraint("note_id", "number"),
)

table(
    "task",
    reference("candidate_id", "candidate", index=True),
    reference("application_id", "application", nullable=True, index=True),
    column("what", Text),
    column("due_on", Date),
    reference("assignee_id", "user", index=True),
    reference("created_by_id", "user"),
    column("created_at", MOMENT),
    column("done_at", MOMENT, nullable=True),
    reference("done_by_id", "user", nullable=True),
    column("version", Integer),
)

table(
    "attachment",
    reference("candidate_id", "candidate", index=True),
    reference("application_id", "application", nullable=True, index=True),
    column("kind", WORD),
    column("name", LINE),
    column("media_type", LINE),
    column("size", Integer),
    column("sha256", DIGEST),
    column("storage_key", LINE, unique=True),
    column("for_panel", Boolean),
    reference("uploaded_by_id", "user"),
    column("created_at", MOMENT),
    column("removed_at", MOMENT, nullable=True, index=True),
    reference("removed_by_id", "user", nullable=True),
    column("version", Integer),
)

table(
    "consent",
    reference("candidate_id", "candidate", index=True),
    reference("application_id", "application", nullable=True, index=True),
    column("purpose", WORD),
    column("text_version", LINE),
    column("text", Text),
    column("channel", LINE),
    column("given_on", Date),
    column("ends_on", Date, index=True),
    reference("recorded_by_id", "user"),
    column("recorded_at", MOMENT),
    column("withdrawn_at", MOMENT, nullable=True),
    reference("withdrawn_by_id", "user", nullable=True),
    column("version", Integer),
)
