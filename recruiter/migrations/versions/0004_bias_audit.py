"""bias audit"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_version", sa.String(length=500), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("loaded_by_id", sa.Integer(), nullable=True),
        sa.Column("loaded_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["loaded_by_id"], ["user.id"], name=op.f("fk_answer_load_loaded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_load")),
    )
    op.create_table(
        "audit_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(length=500), nullable=True),
        sa.Column("in_use_since", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("decided_from", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("decided_until", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_audit_run_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_run")),
    )
    op.create_table(
        "protected_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=500), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name=op.f("fk_protected_answer_candidate_id_candidate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["load_id"], ["answer_load.id"], name=op.f("fk_protected_answer_load_id_answer_load")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protected_answer")),
        sa.UniqueConstraint("candidate_id", "question", name=op.f("uq_protected_answer_candidate_id_question")),
    )
    with op.batch_alter_table("model_run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("fairness_seen_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True)
        )
    with op.batch_alter_table("protected_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protected_answer_load_id"), ["load_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("model_run", schema=None) as batch_op:
        batch_op.drop_column("fairness_seen_at")
    with op.batch_alter_table("protected_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protected_answer_load_id"))
    op.drop_table("protected_answer")
    op.drop_table("audit_run")
    op.drop_table("answer_load")
