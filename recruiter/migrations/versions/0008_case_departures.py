"""departures of people who were hired above the band"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_departure_by_id_user")),
        sa.ForeignKeyConstraint(["case_id"], ["budget_case.id"], name=op.f("fk_departure_case_id_budget_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sa.UniqueConstraint("case_id", name=op.f("uq_departure_case_id")),
    )


def downgrade() -> None:
    op.drop_table("departure")
