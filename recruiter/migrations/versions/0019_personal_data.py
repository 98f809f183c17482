"""requests about a person's data, erasures, legal holds and keeping times"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _reference(table, column, target):
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    with op.batch_alter_table("candidate") as table:
        table.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "erased_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        _reference("erased_address", "candidate_id", "candidate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_address")),
    )
    op.create_index(op.f("ix_erased_address_candidate_id"), "erased_address", ["candidate_id"])
    op.create_index(op.f("ix_erased_address_digest"), "erased_address", ["digest"])
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("data_request", "candidate_id", "candidate"),
        _reference("data_request", "recorded_by_id", "user"),
        _reference("data_request", "ended_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index(op.f("ix_data_request_candidate_id"), "data_request", ["candidate_id"])
    op.create_index(op.f("ix_data_request_due_on"), "data_request", ["due_on"])
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("requisition_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(candidate_id IS NULL) <> (requisition_id IS NULL)", name=op.f("ck_legal_hold_of_person_or_requisition")
        ),
        _reference("legal_hold", "candidate_id", "candidate"),
        _reference("legal_hold", "requisition_id", "requisition"),
        _reference("legal_hold", "set_by_id", "user"),
        _reference("legal_hold", "lifted_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_candidate_id"), "legal_hold", ["candidate_id"])
    op.create_index(op.f("ix_legal_hold_requisition_id"), "legal_hold", ["requisition_id"])
    op.create_table(
        "retention_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("months > 0", name=op.f("ck_retention_period_months_positive")),
        _reference("retention_period", "proposed_by_id", "user"),
        _reference("retention_period", "confirmed_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_period")),
    )


def downgrade() -> None:
    op.drop_table("retention_period")
    op.drop_table("legal_hold")
    op.drop_table("data_request")
    op.drop_table("erased_address")
    with op.batch_alter_table("candidate") as table:
        table.drop_column("erased_at")
