"""a wish not to be ranked that a restore revived is put back by nobody"""

import sqlalchemy as sa

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ranking_wish") as table:
        table.alter_column("by_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("ranking_wish") as table:
        table.alter_column("by_id", existing_type=sa.Integer(), nullable=False)
