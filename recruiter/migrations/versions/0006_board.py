"""stages that are changed, templates of stages, saved views, shortcuts that are turned off"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stage") as batch_op:
        batch_op.add_column(sa.Column("exit_list", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("removed_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True))
    with op.batch_alter_table("user") as batch_op:
        batch_op.add_column(sa.Column("shortcuts", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "stage_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_stage_template_created_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_template")),
        sa.UniqueConstraint("name_key", name=op.f("uq_stage_template_name_key")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("created_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_saved_view_requisition_id_requisition")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_view_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("user_id", "requisition_id", "name", name=op.f("uq_saved_view_user_id_requisition_id_name")),
    )
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_requisition_id"), ["requisition_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_requisition_id"))
    op.drop_table("saved_view")
    op.drop_table("stage_template")
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_column("shortcuts")
    with op.batch_alter_table("stage") as batch_op:
        batch_op.drop_column("removed_at")
        batch_op.drop_column("exit_list")
