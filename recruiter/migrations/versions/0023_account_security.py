"""second factors, named tokens that end, browsers that are known, links for a new password"""

import sqlalchemy as sa

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT, LINE, DIGEST = sa.DateTime(timezone=True), sa.String(500), sa.String(64)
COLUMNS = {
    "user": (("totp_secret", LINE, None), ("totp_step", sa.Integer, None)),
    "user_session": (
        ("confirmed_at", MOMENT, None),
        ("awaits_code", sa.Boolean, sa.false()),
        ("address", LINE, ""),
        ("agent", LINE, ""),
    ),
    "api_token": (
        ("expires_at", MOMENT, None),
        ("last_used_at", MOMENT, None),
        ("confirmed_at", MOMENT, None),
        ("name", LINE, ""),
        ("read_only", sa.Boolean, sa.false()),
    ),
    "invitation": (("purpose", sa.String(40), "invitation"),),
    "failed_sign_in": (("device_id", sa.Integer, None),),
}


def _own_table(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("user.id", name=f"fk_{name}_user_id_user"), nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_user_id", name, ["user_id"])


def upgrade() -> None:
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column, kind, default in columns:
                table.add_column(sa.Column(column, kind, nullable=default is None, server_default=default))
    op.create_index("ix_failed_sign_in_address_at", "failed_sign_in", ["address", "at"])
    _own_table(
        "known_device",
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.UniqueConstraint("digest", name="uq_known_device_digest"),
    )
    _own_table("recovery_code", sa.Column("used_at", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_table("recovery_code")
    op.drop_table("known_device")
    op.drop_index("ix_failed_sign_in_address_at", "failed_sign_in")
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column, *_ in columns:
                table.drop_column(column)
