"""card requests"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_card_request_by_id_user")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_card_request_interview_id_interview")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_card_request_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_request")),
    )
    with op.batch_alter_table("card_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_request_interview_id"), ["interview_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("card_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_request_interview_id"))
    op.drop_table("card_request")
