"""Past decisions, the models that learnt from them and every use of a suggestion; the fairness audit."""

from sqlalchemy import JSON, Boolean, Date, Double, Integer, Text, UniqueConstraint

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, WORD, column, reference, table

table(
    "past_decision",
    reference("requisition_id", "requisition", unique=True),
    column("slate", LINE),
    column("decided_at", MOMENT),
    column("order_number", Double, nullable=True),
    column("job_family", LINE),
    column("imported", Boolean),
)

table(
    "decision_grade",
    reference("decision_id", "past_decision", index=True),
    reference("application_id", "application", index=True),
    column("item", LINE),
    column("grade", Double),
    column("outcome", LINE),
    UniqueConstraint("decision_id", "application_id"),
)

table(
    "imported_feature",
    reference("grade_id", "decision_grade", index=True),
    column("name", LINE),
    column("value", LINE),
)

table(
    "named_order",
    reference("requisition_id", "requisition", index=True),
    column("verdict", WORD),
    column("label", LINE),
    column("model_version", LINE, nullable=True),
    column("n_decisions", Integer),
    column("places", JSON),
    column("departures", JSON),
    column("reason", Text),
    reference("named_by_id", "user"),
    column("named_at", MOMENT),
)

table(
    "model_run",
    column("name", LINE, unique=True),
    column("active", Boolean),
    column("artefact", Text),
    column("artefact_hash", DIGEST),
    column("input_digest", DIGEST),
    column("n_decisions", Integer),
    column("verdict", Text),
    column("figures", JSON),
    reference("fitted_by_id", "user", nullable=True),
    column("fitted_at", MOMENT),
    column("fairness_seen_at", MOMENT, nullable=True),
)

table(
    "activation",
    reference("run_id", "model_run", index=True),
    column("on", Boolean),
    reference("by_id", "user", nullable=True),
    column("at", MOMENT),
    column("reason", Text),
    column("fairness", LINE),
)

table(
    "prediction",
    reference("requisition_id", "requisition", index=True),
    reference("run_id", "model_run", nullable=True),
    column("model_hash", LINE),
    column("input_digest", DIGEST),
    column("inputs", JSON),
    column("output", JSON),
    column("output_digest", DIGEST),
    column("made_with", LINE),
    column("made_at", MOMENT),
    UniqueConstraint("requisition_id", "model_hash", "input_digest"),
)

table(
    "prediction_use",
    reference("prediction_id", "prediction", index=True),
    column("act", WORD),
    reference("by_id", "user", nullable=True),
    column("at", MOMENT),
    column("followed", Boolean, nullable=True),
)

table(
    "ranking_wish",
    reference("application_id", "application", index=True),
    column("ranked", Boolean),
    reference("by_id", "user"),
    column("at", MOMENT),
    column("reason", Text),
)

table(
    "suggestion_switch",
    reference("requisition_id", "requisition", nullable=True, index=True),
    column("on", Boolean),
    reference("by_id", "user", nullable=True),
    column("at", MOMENT),
    column("reason", Text),
)

table(
    "audit_run",
    column("model_version", LINE, nullable=True),
    column("in_use_since", MOMENT, nullable=True),
    column("decided_from", MOMENT, nullable=True),
    column("decided_until", MOMENT, nullable=True),
    column("input_digest", DIGEST),
    column("result", JSON),
    reference("made_by_id", "user", nullable=True),
    column("made_at", MOMENT),
)

table(
    "answer_load",
    column("consent_version", LINE),
    column("content_digest", DIGEST),
    column("answers", Integer),
    reference("loaded_by_id", "user", nullable=True),
    column("loaded_at", MOMENT),
)

table(
    "protected_answer",
    reference("candidate_id", "candidate", ondelete="CASCADE"),
    column("question", WORD),
    column("category", LINE),
    column("answered_on", Date),
    reference("load_id", "answer_load", index=True),
    UniqueConstraint("candidate_id", "question"),
)
