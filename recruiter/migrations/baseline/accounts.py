"""The people who sign in, their sessions, tokens and invitations, and the forms that are kept for them."""

from sqlalchemy import JSON, Boolean, Index, Integer, Text, true

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, WORD, column, reference, table

table(
    "user",
    column("email", LINE),
    column("email_key", LINE, unique=True),
    column("name", LINE),
    column("role", WORD),
    column("team", LINE),
    column("pay_view", Boolean),
    column("active", Boolean),
    column("password_hash", LINE, nullable=True),
    column("theme", LINE),
    column("created_at", MOMENT),
    column("version", Integer),
    column("shortcuts", Boolean, server_default=true()),
)

table(
    "user_session",
    reference("user_id", "user", index=True),
    column("digest", DIGEST, unique=True),
    column("created_at", MOMENT),
    column("seen_at", MOMENT),
)

table(
    "api_token",
    reference("user_id", "user", index=True),
    column("digest", DIGEST, unique=True),
    column("created_at", MOMENT),
    column("revoked_at", MOMENT, nullable=True),
)

table(
    "invitation",
    reference("user_id", "user", index=True),
    column("digest", DIGEST, unique=True),
    column("created_at", MOMENT),
    column("expires_at", MOMENT),
    column("used_at", MOMENT, nullable=True),
)

table(
    "kept_form",
    reference("user_id", "user", index=True),
    column("address", Text),
    column("fields", JSON),
    column("files", JSON),
    column("at", MOMENT),
)

table(
    "failed_sign_in",
    column("email_key", LINE),
    column("address", LINE),
    column("at", MOMENT),
    Index("ix_failed_sign_in_email_key_at", "email_key", "at"),
)

table(
    "idempotent_answer",
    reference("user_id", "user"),
    column("key", LINE),
    column("request_digest", DIGEST),
    column("status", Integer),
    column("body", Text),
    column("created_at", MOMENT),
    Index("uq_idempotent_answer_user_id_key", "user_id", "key", unique=True),
)
