"""orders of finalists beside the suggestion"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "named_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("followed", "departed", "open", name="orderverdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=500), nullable=False),
        sa.Column("model_version", sa.String(length=500), nullable=True),
        sa.Column("n_decisions", sa.Integer(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("departures", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["named_by_id"], ["user.id"], name=op.f("fk_named_order_named_by_id_user")),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_named_order_requisition_id_requisition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_order")),
    )
    with op.batch_alter_table("named_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_named_order_requisition_id"), ["requisition_id"], unique=False)


def downgrade() -> None:
    op.drop_table("named_order")
