"""Keeping in touch with those who wait: contacts, promises, concerns, promotions, messages and agreed dates."""

from sqlalchemy import JSON, Boolean, Date, Index, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, WORD, column, only_where, reference, table

table(
    "touchpoint",
    reference("application_id", "application", index=True),
    column("direction", WORD),
    column("channel", WORD),
    column("kind", WORD),
    column("said", Text),
    column("at", MOMENT),
    reference("by_id", "user"),
    column("created_at", MOMENT),
)

table(
    "promise",
    reference("application_id", "application", index=True),
    column("what", Text),
    column("due_on", Date),
    column("state", WORD),
    reference("renews_id", "promise", nullable=True),
    reference("made_by_id", "user"),
    column("made_at", MOMENT),
    column("settled_at", MOMENT, nullable=True),
    column("version", Integer),
    column("zone", LINE, server_default=""),
)

table(
    "promise_change",
    reference("promise_id", "promise", index=True),
    column("state", WORD),
    column("due_on", Date),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("said", Text, server_default=""),
)

table(
    "concern",
    reference("application_id", "application", index=True),
    column("kind", WORD),
    column("text", Text),
    column("state", WORD),
    column("answer", Text),
    reference("owner_id", "user", nullable=True),
    reference("by_id", "user"),
    column("created_at", MOMENT),
    column("version", Integer),
)

table(
    "readiness",
    reference("application_id", "application", unique=True),
    column("interested", Boolean, nullable=True),
    column("interested_asked_on", Date, nullable=True),
    column("available_from", Date, nullable=True),
    column("expectation_within_band", Boolean, nullable=True),
    column("expectation_asked_on", Date, nullable=True),
    column("references_done_on", Date, nullable=True),
    column("version", Integer),
)

table(
    "fall_through",
    reference("requisition_id", "requisition", index=True),
    reference("opening_id", "opening", nullable=True),
    reference("application_id", "application", index=True),
    reference("offer_id", "offer", nullable=True),
    column("phase", WORD),
    column("reason_code", LINE),
    column("reason", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("taken_back_at", MOMENT, nullable=True),
)

table(
    "promotion",
    reference("requisition_id", "requisition", index=True),
    reference("opening_id", "opening"),
    reference("fall_through_id", "fall_through", index=True),
    reference("promoted_application_id", "application"),
    reference("offer_id", "offer"),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("before", JSON, nullable=True),
    column("undone_at", MOMENT, nullable=True),
    reference("undone_by_id", "user", nullable=True),
    Index("uq_promotion_one_per_loss", "fall_through_id", unique=True, **only_where("undone_at IS NULL")),
)

table(
    "bench_release",
    reference("application_id", "application", index=True),
    reference("touchpoint_id", "touchpoint"),
    column("answer", WORD),
    reference("consent_id", "consent", nullable=True),
    reference("by_id", "user"),
    column("at", MOMENT),
)

table(
    "cadence_rule",
    reference("requisition_id", "requisition", index=True),
    column("situation", LINE),
    column("days", Integer),
    column("version", Integer),
    UniqueConstraint("requisition_id", "situation"),
)

table(
    "snooze",
    reference("application_id", "application", index=True),
    column("until", Date),
    column("reason", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
)

table(
    "agreed_date",
    reference("requisition_id", "requisition", index=True),
    column("kind", WORD),
    column("due_on", Date),
    reference("promised_by_id", "user", nullable=True),
    column("reason", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
)

table(
    "letter",
    reference("application_id", "application", index=True),
    reference("touchpoint_id", "touchpoint"),
    column("subject", LINE),
    column("text_key", DIGEST, unique=True),
    reference("by_id", "user"),
    column("at", MOMENT),
)

table(
    "morning_mail",
    reference("user_id", "user"),
    column("on_date", Date),
    column("lines", Integer),
    column("at", MOMENT),
    UniqueConstraint("user_id", "on_date"),
)
