"""the case that another one follows after its decision"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("budget_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_budget_case_follows_id"), ["follows_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_budget_case_follows_id_budget_case"), "budget_case", ["follows_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("budget_case", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_budget_case_follows_id_budget_case"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_budget_case_follows_id"))
        batch_op.drop_column("follows_id")
