"""approval chains with stand-ins; what the undo of a promotion restores"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = recruiter.foundation.database.db.Instant(timezone=True)
LIVE = sa.text("undone_at IS NULL")


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "approval_chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("for_offers", sa.Boolean(), nullable=False),
        sa.Column("for_cases", sa.Boolean(), nullable=False),
        sa.Column("from_percent", sa.Integer(), nullable=True),
        sa.Column("from_amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(from_amount IS NULL) = (currency IS NULL)", name=op.f("ck_approval_chain_amount_has_currency")
        ),
        sa.CheckConstraint("answer_days >= 1", name=op.f("ck_approval_chain_answer_days_positive")),
        _foreign("approval_chain", "created_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_chain")),
    )
    op.create_table(
        "approval_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.CheckConstraint("needed >= 1 AND step >= 1", name=op.f("ck_approval_group_counts_positive")),
        _foreign("approval_group", "chain_id", "approval_chain"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_group")),
    )
    op.create_table(
        "approval_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        _foreign("approval_seat", "group_id", "approval_group"),
        _foreign("approval_seat", "user_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_seat")),
        sa.UniqueConstraint("group_id", "user_id", name=op.f("uq_approval_seat_group_id_user_id")),
    )
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("until_on >= from_on AND user_id != deputy_id", name=op.f("ck_stand_in_in_order")),
        _foreign("stand_in", "user_id", "user"),
        _foreign("stand_in", "deputy_id", "user"),
        _foreign("stand_in", "set_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    for table, column in (
        ("approval_group", "chain_id"),
        ("approval_seat", "group_id"),
        ("stand_in", "user_id"),
        ("stand_in", "deputy_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    for table in ("offer", "budget_case"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("plan", sa.JSON(), nullable=True))
            batch_op.add_column(sa.Column("answer_by", INSTANT, nullable=True))
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_name", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("for_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_approval_for_id_user"), "user", ["for_id"], ["id"])
    with op.batch_alter_table("case_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("group_name", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("for_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_case_decision_for_id_user"), "user", ["for_id"], ["id"])
    with op.batch_alter_table("fall_through", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_back_at", INSTANT, nullable=True))
    with op.batch_alter_table("promotion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("before", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("undone_at", INSTANT, nullable=True))
        batch_op.add_column(sa.Column("undone_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_promotion_undone_by_id_user"), "user", ["undone_by_id"], ["id"])
        batch_op.drop_constraint(op.f("uq_promotion_fall_through_id"), type_="unique")
        batch_op.create_index(op.f("ix_promotion_fall_through_id"), ["fall_through_id"], unique=False)
    op.create_index(
        "uq_promotion_one_per_loss",
        "promotion",
        ["fall_through_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def downgrade() -> None:
    op.drop_index("uq_promotion_one_per_loss", table_name="promotion")
    with op.batch_alter_table("promotion", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_promotion_fall_through_id"))
        batch_op.create_unique_constraint(op.f("uq_promotion_fall_through_id"), ["fall_through_id"])
        batch_op.drop_constraint(op.f("fk_promotion_undone_by_id_user"), type_="foreignkey")
        batch_op.drop_column("undone_by_id")
        batch_op.drop_column("undone_at")
        batch_op.drop_column("before")
    with op.batch_alter_table("fall_through", schema=None) as batch_op:
        batch_op.drop_column("taken_back_at")
    with op.batch_alter_table("case_decision", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_case_decision_for_id_user"), type_="foreignkey")
        batch_op.drop_column("for_id")
        batch_op.drop_column("group_name")
        batch_op.drop_column("step")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_approval_for_id_user"), type_="foreignkey")
        batch_op.drop_column("for_id")
        batch_op.drop_column("group_name")
    for table in ("budget_case", "offer"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("answer_by")
            batch_op.drop_column("plan")
    for table in ("stand_in", "approval_seat", "approval_group", "approval_chain"):
        op.drop_table(table)
