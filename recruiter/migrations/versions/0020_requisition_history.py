"""who runs a requisition, who sees it and how many seats it has are changed with a history"""

import sqlalchemy as sa

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requisition_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name="fk_requisition_change_requisition_id_requisition"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_requisition_change_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_requisition_change"),
    )
    op.create_index("ix_requisition_change_requisition_id", "requisition_change", ["requisition_id"])


def downgrade() -> None:
    op.drop_table("requisition_change")
