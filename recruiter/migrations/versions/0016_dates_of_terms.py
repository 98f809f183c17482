"""start and expiry in each version of the terms of an offer

What earlier versions had is not on record. The present dates stand for all of them, so that no change is shown that nobody made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

UNIQUE = "uq_offer_terms_offer_id_number"


def upgrade() -> None:
    with op.batch_alter_table("offer_terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("start_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f(UNIQUE), type_="unique")
        batch_op.create_unique_constraint(batch_op.f(f"{UNIQUE}_revision"), ["offer_id", "number", "revision"])
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE offer_terms SET"
        " start_on = (SELECT start_on FROM offer WHERE offer.id = offer_terms.offer_id),"
        " expires_on = (SELECT expires_on FROM offer WHERE offer.id = offer_terms.offer_id)"
    )


def downgrade() -> None:
    op.execute("DELETE FROM offer_terms WHERE revision > 0")  # the versions of before know changes of pay alone
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_column("revision")
    with op.batch_alter_table("offer_terms", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"{UNIQUE}_revision"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f(UNIQUE), ["offer_id", "number"])
        batch_op.drop_column("expires_on")
        batch_op.drop_column("start_on")
        batch_op.drop_column("revision")
