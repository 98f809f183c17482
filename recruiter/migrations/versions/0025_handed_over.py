"""a follow-up and a concern say whose they were before they were handed over"""

import sqlalchemy as sa

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = ("task", "concern")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("handed_from_id", sa.Integer(), nullable=True))
            table.add_column(sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_{name}_handed_from_id_user"), "user", ["handed_from_id"], ["id"]
            )


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_handed_from_id_user"), type_="foreignkey")
            table.drop_column("handed_at")
            table.drop_column("handed_from_id")
