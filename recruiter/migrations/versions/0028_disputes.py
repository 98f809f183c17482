"""what a request for correction disputes, with the value from before and who settled it"""

import sqlalchemy as sa

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Integer, nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("old_value", sa.Text, nullable=False),
        sa.Column("new_value", sa.Text, nullable=False),
        sa.Column("informed_parties", sa.Text, nullable=False),
        sa.Column("corrected", sa.Boolean, nullable=True),
        sa.Column("settled_by_id", sa.Integer, nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["data_request.id"], name="fk_dispute_request_id_data_request"),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name="fk_dispute_settled_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.UniqueConstraint("request_id", "field", name="uq_dispute_request_id_field"),
    )
    op.create_index("ix_dispute_request_id", "dispute", ["request_id"])


def downgrade() -> None:
    op.drop_table("dispute")
