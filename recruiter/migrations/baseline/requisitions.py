"""Vacancies: the openings, stages, people, attributes and bands of each."""

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, Date, Double, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import CURRENCY, LINE, MOMENT, WORD, column, reference, table

table(
    "requisition",
    column("key", LINE, unique=True),
    column("title", LINE),
    column("status", WORD),
    column("department", LINE),
    column("location", LINE),
    column("level", LINE),
    reference("hiring_manager_id", "user", index=True),
    reference("created_by_id", "user"),
    column("confidential", Boolean),
    column("bar", Double, nullable=True),
    column("bar_fixed_at", MOMENT, nullable=True),
    column("overall_weight", Double),
    column("suggestion_on", Boolean),
    column("cadence_offer_days", Integer),
    column("cadence_bench_days", Integer),
    column("imported", Boolean),
    column("created_at", MOMENT),
    column("closed_at", MOMENT, nullable=True),
    column("version", Integer),
)

table(
    "member",
    reference("requisition_id", "requisition", index=True),
    reference("user_id", "user", index=True),
    column("kind", WORD),
    UniqueConstraint("requisition_id", "user_id", "kind"),
)

table(
    "stage",
    reference("requisition_id", "requisition", index=True),
    column("name", LINE),
    column("kind", WORD),
    column("position", Integer),
    column("exit_list", JSON, nullable=True),
    column("removed_at", MOMENT, nullable=True),
    UniqueConstraint("requisition_id", "name"),
)

table(
    "stage_template",
    column("name", LINE),
    column("name_key", LINE, unique=True),
    column("stages", JSON),
    reference("created_by_id", "user"),
    column("created_at", MOMENT),
    column("version", Integer),
)

table(
    "opening",
    reference("requisition_id", "requisition", index=True),
    column("status", WORD),
    reference("filled_by_id", "application", nullable=True, use_alter=True),
    column("opened_at", MOMENT),
    column("version", Integer),
)

table(
    "band",
    reference("requisition_id", "requisition", unique=True),
    column("min", BigInteger),
    column("mid", BigInteger, nullable=True),
    column("max", BigInteger),
    column("currency", CURRENCY),
    column("interval", LINE),
    column("approved_on", Date, nullable=True),
    reference("approved_by_id", "user", nullable=True),
    column("version", Integer),
    CheckConstraint("min >= 0 AND min <= max AND (mid IS NULL OR (mid >= min AND mid <= max))", name="ordered"),
)

table(
    "attribute",
    reference("requisition_id", "requisition", index=True),
    column("name", LINE),
    column("description", Text),
    column("weight", Double),
    column("position", Integer),
    CheckConstraint("weight >= 0", name="weight_positive"),
    UniqueConstraint("requisition_id", "name"),
)
