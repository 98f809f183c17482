"""a job says when its claim was renewed and where its failure stands in the log"""

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("job") as table:
        table.add_column(sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("error_id", sa.String(500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("job") as table:
        table.drop_column("error_id")
        table.drop_column("renewed_at")
