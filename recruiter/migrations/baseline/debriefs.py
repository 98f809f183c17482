"""The conference on the finalists: its record and the verdicts of those who took part."""

from sqlalchemy import Boolean, CheckConstraint, Integer, Text

from recruiter.migrations.baseline.schema import MOMENT, WORD, column, reference, table

table(
    "debrief_record",
    reference("requisition_id", "requisition", index=True),
    reference("application_id", "application", nullable=True, index=True),
    column("decision", Text),
    column("opened_early", Boolean),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("outcome", WORD, nullable=True),
    column("reason", Text, server_default=""),
    reference("leader_id", "application", nullable=True),
    reference("chosen_id", "application", nullable=True),
)

table(
    "debrief_verdict",
    reference("application_id", "application", index=True),
    reference("user_id", "user"),
    column("after", Integer),
    column("reason", Text),
    column("dissent", Text),
    reference("by_id", "user"),
    column("at", MOMENT),
    CheckConstraint("after >= 1 AND after <= 4", name="after_on_scale"),
)
