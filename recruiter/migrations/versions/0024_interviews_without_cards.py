"""an interview may ask for no scorecards, and so may a talk of a plan"""

import sqlalchemy as sa

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("interview", "planned_talk")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("scored", sa.Boolean(), nullable=False, server_default=sa.true()))
        with op.batch_alter_table(name) as table:
            table.alter_column("scored", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("scored")
