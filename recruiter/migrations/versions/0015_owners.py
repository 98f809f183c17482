"""owners of applications"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_application_owner_id_user"), "user", ["owner_id"], ["id"])
    op.create_table(
        "owner_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("from_owner_id", sa.Integer(), nullable=True),
        sa.Column("to_owner_id", sa.Integer(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_owner_change_application_id_application")
        ),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name=op.f("fk_owner_change_changed_by_id_user")),
        sa.ForeignKeyConstraint(["from_owner_id"], ["user.id"], name=op.f("fk_owner_change_from_owner_id_user")),
        sa.ForeignKeyConstraint(["to_owner_id"], ["user.id"], name=op.f("fk_owner_change_to_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_change")),
    )
    with op.batch_alter_table("owner_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_owner_change_application_id"), ["application_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("owner_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_owner_change_application_id"))
    op.drop_table("owner_change")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_application_owner_id_user"), type_="foreignkey")
        batch_op.drop_column("owner_id")
