"""why a legal hold was lifted"""

import sqlalchemy as sa

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("legal_hold") as table:
        table.add_column(sa.Column("lift_reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("legal_hold") as table:
        table.alter_column("lift_reason", existing_type=sa.Text(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("legal_hold") as table:
        table.drop_column("lift_reason")
