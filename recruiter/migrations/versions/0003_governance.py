"""the run log, switches, wishes not to be ranked, and one fit at a time"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fairness", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_activation_by_id_user")),
        sa.ForeignKeyConstraint(["run_id"], ["model_run.id"], name=op.f("fk_activation_run_id_model_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation")),
    )
    with op.batch_alter_table("activation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activation_run_id"), ["run_id"], unique=False)

    op.create_table(
        "prediction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("model_hash", sa.String(length=500), nullable=False),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("output", sa.JSON(), nullable=False),
        sa.Column("output_digest", sa.String(length=64), nullable=False),
        sa.Column("made_with", sa.String(length=500), nullable=False),
        sa.Column("made_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_prediction_requisition_id_requisition")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["model_run.id"], name=op.f("fk_prediction_run_id_model_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prediction")),
        sa.UniqueConstraint(
            "requisition_id",
            "model_hash",
            "input_digest",
            name=op.f("uq_prediction_requisition_id_model_hash_input_digest"),
        ),
    )
    with op.batch_alter_table("prediction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prediction_requisition_id"), ["requisition_id"], unique=False)

    op.create_table(
        "suggestion_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_suggestion_switch_by_id_user")),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_suggestion_switch_requisition_id_requisition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_switch")),
    )
    with op.batch_alter_table("suggestion_switch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_switch_requisition_id"), ["requisition_id"], unique=False)

    op.create_table(
        "prediction_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prediction_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.Enum("order", "case", "rank", name="act", native_enum=False, length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("followed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_prediction_use_by_id_user")),
        sa.ForeignKeyConstraint(
            ["prediction_id"], ["prediction.id"], name=op.f("fk_prediction_use_prediction_id_prediction")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prediction_use")),
    )
    with op.batch_alter_table("prediction_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prediction_use_prediction_id"), ["prediction_id"], unique=False)

    op.create_table(
        "ranking_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("ranked", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_ranking_wish_application_id_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_ranking_wish_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_wish")),
    )
    with op.batch_alter_table("ranking_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranking_wish_application_id"), ["application_id"], unique=False)

    # of fits that were asked for twice, the first goes on
    op.execute(
        "UPDATE job SET status = 'failed', problem = 'Another fit was under way.' WHERE kind = 'model.fit' AND status IN ('queued', 'running') "
        "AND id > (SELECT MIN(id) FROM job AS earlier WHERE earlier.kind = 'model.fit' AND earlier.status IN ('queued', 'running'))"
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "uq_job_one_of_its_kind",
            ["kind"],
            unique=True,
            sqlite_where=sa.text("kind = 'model.fit' AND status IN ('queued', 'running')"),
            postgresql_where=sa.text("kind = 'model.fit' AND status IN ('queued', 'running')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_job_one_of_its_kind",
            sqlite_where=sa.text("kind = 'model.fit' AND status IN ('queued', 'running')"),
            postgresql_where=sa.text("kind = 'model.fit' AND status IN ('queued', 'running')"),
        )

    with op.batch_alter_table("ranking_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ranking_wish_application_id"))

    op.drop_table("ranking_wish")
    with op.batch_alter_table("prediction_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prediction_use_prediction_id"))

    op.drop_table("prediction_use")
    with op.batch_alter_table("suggestion_switch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_switch_requisition_id"))

    op.drop_table("suggestion_switch")
    with op.batch_alter_table("prediction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prediction_requisition_id"))

    op.drop_table("prediction")
    with op.batch_alter_table("activation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activation_run_id"))

    op.drop_table("activation")
