"""keeping times have a length in the unit of their purpose, and can be refused"""

import sqlalchemy as sa

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT, TABLE = sa.DateTime(timezone=True), "retention_period"
KEPT = ("place", "purpose", "proposed_by_id", "proposed_at", "confirmed_by_id", "confirmed_at", "version")


def _made_anew(length: str, *columns: sa.Column, users: tuple[str, ...], before: str) -> None:
    """Make the table again with the keeping times that it has: one engine renames no column that a check names."""
    old = sa.Table(TABLE, sa.MetaData(), autoload_with=op.get_bind())
    rows = op.get_bind().execute(sa.select(old).order_by(old.c.id)).mappings().all()
    op.drop_table(TABLE)
    made = op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column(length, sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        *columns,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"{length} > 0", name=op.f(f"ck_{TABLE}_{length}_positive")),
        *(sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_{TABLE}_{name}_user")) for name in users),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    if rows:
        op.bulk_insert(made, [{**{name: row[name] for name in KEPT}, length: row[before]} for row in rows])


def upgrade() -> None:
    _made_anew(
        "length",
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_at", MOMENT, nullable=True),
        users=("proposed_by_id", "confirmed_by_id", "refused_by_id"),
        before="months",
    )


def downgrade() -> None:
    _made_anew("months", users=("proposed_by_id", "confirmed_by_id"), before="length")
