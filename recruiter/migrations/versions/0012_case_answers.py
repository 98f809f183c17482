"""answers of colleagues in three words, and what was approved with a case"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("choice", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("for_what", sa.String(length=500), server_default="", nullable=False))
        batch_op.add_column(sa.Column("by_when", sa.String(length=500), server_default="", nullable=False))
    answered = "UPDATE endorsement SET choice = {} WHERE answered_at IS NOT NULL AND would_use {}"
    for choice, was in (("'yes'", "= true"), ("'no'", "= false"), ("'perhaps'", "IS NULL")):
        op.execute(sa.text(answered.format(choice, was)))
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.drop_column("would_use")
    with op.batch_alter_table("band_exception", schema=None) as batch_op:
        batch_op.add_column(sa.Column("terms_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("level", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("void_words", sa.String(length=500), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_band_exception_terms_id_offer_terms"), "offer_terms", ["terms_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("band_exception", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_band_exception_terms_id_offer_terms"), type_="foreignkey")
        batch_op.drop_column("void_words")
        batch_op.drop_column("level")
        batch_op.drop_column("terms_id")
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("would_use", sa.Boolean(), nullable=True))
    op.execute(sa.text("UPDATE endorsement SET would_use = true WHERE choice = 'yes'"))
    op.execute(sa.text("UPDATE endorsement SET would_use = false WHERE choice = 'no'"))
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.drop_column("by_when")
        batch_op.drop_column("for_what")
        batch_op.drop_column("choice")
