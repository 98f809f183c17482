"""Scorecards with every version of them, their ratings, rules and reminders."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Double, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import LINE, MOMENT, WORD, column, reference, table

table(
    "scorecard",
    reference("interview_id", "interview", index=True),
    reference("application_id", "application", index=True),
    reference("author_id", "user", index=True),
    column("state", WORD),
    column("overall", Double, nullable=True),
    column("summary", Text),
    column("scale_min", Double, nullable=True),
    column("scale_max", Double, nullable=True),
    column("created_at", MOMENT),
    column("saved_at", MOMENT),
    column("submitted_at", MOMENT, nullable=True),
    column("version", Integer),
    column("question", Text, server_default=""),
    column("concern", Text, server_default=""),
    reference("entered_by_id", "user", nullable=True),
    column("channel", WORD, nullable=True),
    CheckConstraint(
        "scale_min IS NOT NULL OR overall IS NULL OR (overall >= 1 AND overall <= 4)", name="overall_on_scale"
    ),
    UniqueConstraint("interview_id", "author_id"),
)

table(
    "rating",
    reference("scorecard_id", "scorecard", index=True),
    column("attribute", LINE),
    column("position", Integer),
    column("rating", Double, nullable=True),
    column("evidence", Text),
    UniqueConstraint("scorecard_id", "attribute"),
)

table(
    "scorecard_version",
    reference("scorecard_id", "scorecard", index=True),
    column("number", Integer),
    column("state", WORD),
    column("after_reveal", Boolean),
    column("ratings", JSON),
    column("overall", Double, nullable=True),
    column("summary", Text),
    column("reason", Text),
    column("at", MOMENT),
    column("question", Text, server_default=""),
    column("concern", Text, server_default=""),
    UniqueConstraint("scorecard_id", "number"),
)

table(
    "anchor",
    reference("attribute_id", "attribute", index=True),
    column("rating", Integer),
    column("words", Text),
    CheckConstraint("rating >= 1 AND rating <= 5", name="rating_on_scale"),
    UniqueConstraint("attribute_id", "rating"),
)

table(
    "card_rules",
    reference("requisition_id", "requisition", unique=True),
    column("evidence_for_all", Boolean),
)

table(
    "kept_card",
    reference("interview_id", "interview", index=True),
    reference("user_id", "user"),
    column("fields", JSON),
    column("at", MOMENT),
    UniqueConstraint("interview_id", "user_id"),
)

table(
    "card_reminder",
    reference("interview_id", "interview", index=True),
    reference("user_id", "user"),
    column("step", WORD),
    column("at", MOMENT),
    UniqueConstraint("interview_id", "user_id", "step"),
)

table(
    "card_request",
    reference("interview_id", "interview", index=True),
    reference("user_id", "user"),
    reference("by_id", "user"),
    column("at", MOMENT),
)
