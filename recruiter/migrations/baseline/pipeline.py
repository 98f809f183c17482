"""Applications on their way through the stages of a vacancy, and how each step is undone."""

from sqlalchemy import JSON, Date, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, WORD, column, reference, table

table(
    "application",
    reference("candidate_id", "candidate", index=True),
    reference("requisition_id", "requisition", index=True),
    reference("stage_id", "stage", index=True),
    column("stage_since", MOMENT),
    column("status", WORD),
    column("ended_by", WORD, nullable=True),
    column("reason_code", LINE, nullable=True),
    column("reason", Text, nullable=True),
    column("ended_at", MOMENT, nullable=True),
    column("applied_on", Date),
    column("created_at", MOMENT),
    column("version", Integer),
    column("source", LINE, server_default=""),
    reference("credited_to_id", "user", nullable=True),
    reference("owner_id", "user", nullable=True),
    UniqueConstraint("candidate_id", "requisition_id"),
)

table(
    "stage_change",
    reference("application_id", "application", index=True),
    reference("from_stage_id", "stage", nullable=True),
    reference("to_stage_id", "stage"),
    reference("moved_by_id", "user"),
    column("moved_at", MOMENT),
    column("reason", Text),
)

table(
    "status_change",
    reference("application_id", "application", index=True),
    column("status", WORD),
    column("ended_by", WORD, nullable=True),
    column("reason_code", LINE, nullable=True),
    column("reason", Text),
    reference("changed_by_id", "user"),
    column("changed_at", MOMENT),
)

table(
    "owner_change",
    reference("application_id", "application", index=True),
    reference("from_owner_id", "user", nullable=True),
    reference("to_owner_id", "user", nullable=True),
    reference("changed_by_id", "user"),
    column("changed_at", MOMENT),
)

table(
    "finalist",
    reference("requisition_id", "requisition", index=True),
    reference("application_id", "application", unique=True),
    column("position", Integer),
    column("reason", Text),
    reference("named_by_id", "user"),
    column("named_at", MOMENT),
)

table(
    "saved_view",
    reference("user_id", "user"),
    reference("requisition_id", "requisition", index=True),
    column("name", LINE),
    column("query", LINE),
    column("created_at", MOMENT),
    UniqueConstraint("user_id", "requisition_id", "name"),
)

table(
    "undo_token",
    column("digest", DIGEST, unique=True),
    reference("user_id", "user"),
    column("action", LINE),
    column("payload", JSON),
    column("created_at", MOMENT),
    column("used_at", MOMENT, nullable=True),
)
