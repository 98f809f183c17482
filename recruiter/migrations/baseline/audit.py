"""Who did what, as a chain: each entry carries the hash of the one before."""

from sqlalchemy import JSON, Index, Integer

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, column, reference, table

table(
    "audit_entry",
    column("at", MOMENT),
    reference("actor_id", "user", nullable=True),
    column("action", LINE),
    column("object_type", LINE),
    column("object_id", Integer),
    column("detail", JSON),
    column("prev_hash", DIGEST),
    column("hash", DIGEST),
    Index("ix_audit_entry_object", "object_type", "object_id"),
)

table(
    "audit_head",
    column("entry_hash", DIGEST),
)
