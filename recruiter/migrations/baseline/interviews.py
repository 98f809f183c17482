"""Interviews with their panels, the plan behind them and the dates that candidates were told."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import LINE, MOMENT, WORD, column, reference, table

table(
    "interview",
    reference("application_id", "application", index=True),
    reference("stage_id", "stage"),
    column("name", LINE),
    column("starts_at", MOMENT),
    column("ends_at", MOMENT),
    column("status", WORD),
    column("focus", JSON),
    reference("created_by_id", "user"),
    column("created_at", MOMENT),
    column("version", Integer),
    column("place", LINE, server_default=""),
    column("sequence", Integer, server_default="0"),
    CheckConstraint("ends_at > starts_at", name="ends_after_start"),
)

table(
    "panelist",
    reference("interview_id", "interview", index=True),
    reference("user_id", "user", index=True),
    column("cross_functional", Boolean),
    UniqueConstraint("interview_id", "user_id"),
)

table(
    "interview_change",
    reference("interview_id", "interview", index=True),
    column("kind", WORD),
    column("starts_before", MOMENT, nullable=True),
    column("starts_after", MOMENT),
    column("reason", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
)

table(
    "planned_talk",
    reference("requisition_id", "requisition", index=True),
    reference("stage_id", "stage"),
    column("name", LINE),
    column("minutes", Integer),
    column("focus", JSON),
    column("position", Integer),
    CheckConstraint("minutes > 0", name="minutes_positive"),
)

table(
    "interviewer_profile",
    reference("user_id", "user", unique=True),
    column("title", LINE),
    column("zone", LINE),
    column("day_starts", Integer),
    column("day_ends", Integer),
    column("weekly_limit", Integer),
    CheckConstraint("day_ends > day_starts", name="day_ends_after_start"),
)

table(
    "decision_date",
    reference("requisition_id", "requisition", index=True),
    column("decide_on", Date),
    reference("by_id", "user"),
    column("at", MOMENT),
)
