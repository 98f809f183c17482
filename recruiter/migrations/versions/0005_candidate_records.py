"""notes, tasks, files, duplicates; source and credit of an application"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op
from recruiter.foundation import text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "set_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_set_apart_by_id_user")),
        sa.ForeignKeyConstraint(["first_id"], ["candidate.id"], name=op.f("fk_set_apart_first_id_candidate")),
        sa.ForeignKeyConstraint(["second_id"], ["candidate.id"], name=op.f("fk_set_apart_second_id_candidate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_apart")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_set_apart_first_id_second_id")),
    )
    with op.batch_alter_table("set_apart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_set_apart_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_set_apart_second_id"), ["second_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "resume",
                "cover_letter",
                "portfolio",
                "work_sample",
                "certificate",
                "other",
                name="filekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("media_type", sa.String(length=500), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=500), nullable=False),
        sa.Column("for_panel", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("removed_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_attachment_application_id_application")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_attachment_candidate_id_candidate")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["user.id"], name=op.f("fk_attachment_removed_by_id_user")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_attachment_uploaded_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_attachment_storage_key")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_removed_at"), ["removed_at"], unique=False)

    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_key", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("edited_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("removed_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_note_application_id_application")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_note_author_id_user")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_note_candidate_id_candidate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("done_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_task_application_id_application")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["user.id"], name=op.f("fk_task_assignee_id_user")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_task_candidate_id_candidate")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_task_created_by_id_user")),
        sa.ForeignKeyConstraint(["done_by_id"], ["user.id"], name=op.f("fk_task_done_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_assignee_id"), ["assignee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "note_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_note_reader_note_id_note")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_note_reader_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_reader")),
        sa.UniqueConstraint("note_id", "user_id", name=op.f("uq_note_reader_note_id_user_id")),
    )
    with op.batch_alter_table("note_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_reader_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_reader_user_id"), ["user_id"], unique=False)

    op.create_table(
        "note_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_note_version_note_id_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_version")),
        sa.UniqueConstraint("note_id", "number", name=op.f("uq_note_version_note_id_number")),
    )
    with op.batch_alter_table("note_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_version_note_id"), ["note_id"], unique=False)

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("credited_to_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_application_credited_to_id_user"), "user", ["credited_to_id"], ["id"]
        )

    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tags_key", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_at", recruiter.foundation.database.db.Instant(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_candidate_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_candidate_merged_into_id_candidate"), "candidate", ["merged_into_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_candidate_merged_by_id_user"), "user", ["merged_by_id"], ["id"])

    _fill_tags()


def _fill_tags() -> None:
    """People who are there already are found by their tags too."""
    people = sa.table(
        "candidate", sa.column("id", sa.Integer), sa.column("tags", sa.JSON), sa.column("tags_key", sa.Text)
    )
    connection = op.get_bind()
    for number, tags in connection.execute(sa.select(people.c.id, people.c.tags)).all():
        if tags:
            key = "|" + "".join(f"{text.folded(tag)}|" for tag in tags)
            connection.execute(sa.update(people).where(people.c.id == number).values(tags_key=key))


def downgrade() -> None:
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_candidate_merged_by_id_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_candidate_merged_into_id_candidate"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_candidate_merged_into_id"))
        batch_op.drop_column("merged_at")
        batch_op.drop_column("merged_by_id")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("tags_key")

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_application_credited_to_id_user"), type_="foreignkey")
        batch_op.drop_column("credited_to_id")
        batch_op.drop_column("source")

    with op.batch_alter_table("note_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_version_note_id"))

    op.drop_table("note_version")
    with op.batch_alter_table("note_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_reader_user_id"))
        batch_op.drop_index(batch_op.f("ix_note_reader_note_id"))

    op.drop_table("note_reader")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_candidate_id"))
        batch_op.drop_index(batch_op.f("ix_task_assignee_id"))
        batch_op.drop_index(batch_op.f("ix_task_application_id"))

    op.drop_table("task")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_candidate_id"))
        batch_op.drop_index(batch_op.f("ix_note_author_id"))
        batch_op.drop_index(batch_op.f("ix_note_application_id"))

    op.drop_table("note")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_removed_at"))
        batch_op.drop_index(batch_op.f("ix_attachment_candidate_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_application_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("set_apart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_set_apart_second_id"))
        batch_op.drop_index(batch_op.f("ix_set_apart_first_id"))

    op.drop_table("set_apart")
