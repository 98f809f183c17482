"""the last change of a session or a token, which a replica must have replayed before it is read from there"""

import sqlalchemy as sa

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("user_session", "api_token"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("last_change", sa.BigInteger, nullable=True))


def downgrade() -> None:
    for name in ("user_session", "api_token"):
        with op.batch_alter_table(name) as table:
            table.drop_column("last_change")
