"""who has read others' scorecards on an application, and when first"""

import sqlalchemy as sa

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_reading",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("application_id", sa.Integer, nullable=False),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_card_reading_user_id_user"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name="fk_card_reading_application_id_application"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_card_reading"),
        sa.UniqueConstraint("user_id", "application_id", name="uq_card_reading_user_id_application_id"),
    )
    op.create_index("ix_card_reading_application_id", "card_reading", ["application_id"])


def downgrade() -> None:
    op.drop_table("card_reading")
