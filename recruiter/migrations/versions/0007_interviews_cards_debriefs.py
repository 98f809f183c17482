"""interviews: history, plan, profiles; scorecards: anchors, drafts kept, reminders; debriefs: outcomes and verdicts"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interviewer_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("zone", sa.String(length=500), nullable=False),
        sa.Column("day_starts", sa.Integer(), nullable=False),
        sa.Column("day_ends", sa.Integer(), nullable=False),
        sa.Column("weekly_limit", sa.Integer(), nullable=False),
        sa.CheckConstraint("day_ends > day_starts", name=op.f("ck_interviewer_profile_day_ends_after_start")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_interviewer_profile_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interviewer_profile")),
        sa.UniqueConstraint("user_id", name=op.f("uq_interviewer_profile_user_id")),
    )
    op.create_table(
        "card_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("evidence_for_all", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_card_rules_requisition_id_requisition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_rules")),
        sa.UniqueConstraint("requisition_id", name=op.f("uq_card_rules_requisition_id")),
    )
    op.create_table(
        "decision_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("decide_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_decision_date_by_id_user")),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_decision_date_requisition_id_requisition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_date")),
    )
    with op.batch_alter_table("decision_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_date_requisition_id"), ["requisition_id"], unique=False)

    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attribute_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("rating >= 1 AND rating <= 5", name=op.f("ck_anchor_rating_on_scale")),
        sa.ForeignKeyConstraint(["attribute_id"], ["attribute.id"], name=op.f("fk_anchor_attribute_id_attribute")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("attribute_id", "rating", name=op.f("uq_anchor_attribute_id_rating")),
    )
    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anchor_attribute_id"), ["attribute_id"], unique=False)

    op.create_table(
        "planned_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requisition_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("focus", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_planned_talk_minutes_positive")),
        sa.ForeignKeyConstraint(
            ["requisition_id"], ["requisition.id"], name=op.f("fk_planned_talk_requisition_id_requisition")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_planned_talk_stage_id_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_talk")),
    )
    with op.batch_alter_table("planned_talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_talk_requisition_id"), ["requisition_id"], unique=False)

    op.create_table(
        "debrief_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("after >= 1 AND after <= 4", name=op.f("ck_debrief_verdict_after_on_scale")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_debrief_verdict_application_id_application")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_debrief_verdict_by_id_user")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_debrief_verdict_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_verdict")),
    )
    with op.batch_alter_table("debrief_verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_verdict_application_id"), ["application_id"], unique=False)

    op.create_table(
        "card_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum("fresh", "before_due", "overdue", "manager", name="reminderstep", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_card_reminder_interview_id_interview")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_card_reminder_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_reminder")),
        sa.UniqueConstraint("interview_id", "user_id", "step", name=op.f("uq_card_reminder_interview_id_user_id_step")),
    )
    with op.batch_alter_table("card_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_reminder_interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "interview_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "planned",
                "moved",
                "renamed",
                "panel",
                "focus",
                "cancelled",
                "no_show",
                name="changekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_before", recruiter.foundation.database.db.Instant(timezone=True), nullable=True),
        sa.Column("starts_after", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_interview_change_by_id_user")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_interview_change_interview_id_interview")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_change")),
    )
    with op.batch_alter_table("interview_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_change_interview_id"), ["interview_id"], unique=False)

    op.create_table(
        "kept_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_kept_card_interview_id_interview")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_kept_card_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_card")),
        sa.UniqueConstraint("interview_id", "user_id", name=op.f("uq_kept_card_interview_id_user_id")),
    )
    with op.batch_alter_table("kept_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_card_interview_id"), ["interview_id"], unique=False)

    with op.batch_alter_table("debrief_record", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "outcome", sa.Enum("go_on", "hold", "stop", name="outcome", native_enum=False, length=40), nullable=True
            )
        )
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("leader_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("chosen_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_debrief_record_chosen_id_application"), "application", ["chosen_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_debrief_record_leader_id_application"), "application", ["leader_id"], ["id"]
        )

    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("concern", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "channel",
                sa.Enum(
                    "paper", "email", "phone", "message", "in_person", name="cardchannel", native_enum=False, length=40
                ),
                nullable=True,
            )
        )
        batch_op.create_foreign_key(batch_op.f("fk_scorecard_entered_by_id_user"), "user", ["entered_by_id"], ["id"])

    with op.batch_alter_table("scorecard_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("concern", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("scorecard_version", schema=None) as batch_op:
        batch_op.drop_column("concern")
        batch_op.drop_column("question")

    with op.batch_alter_table("scorecard", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_scorecard_entered_by_id_user"), type_="foreignkey")
        batch_op.drop_column("channel")
        batch_op.drop_column("entered_by_id")
        batch_op.drop_column("concern")
        batch_op.drop_column("question")

    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_column("sequence")
        batch_op.drop_column("place")

    with op.batch_alter_table("debrief_record", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_debrief_record_leader_id_application"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_debrief_record_chosen_id_application"), type_="foreignkey")
        batch_op.drop_column("chosen_id")
        batch_op.drop_column("leader_id")
        batch_op.drop_column("reason")
        batch_op.drop_column("outcome")

    with op.batch_alter_table("kept_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_card_interview_id"))

    op.drop_table("kept_card")
    with op.batch_alter_table("interview_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_change_interview_id"))

    op.drop_table("interview_change")
    with op.batch_alter_table("card_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_reminder_interview_id"))

    op.drop_table("card_reminder")
    with op.batch_alter_table("debrief_verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debrief_verdict_application_id"))

    op.drop_table("debrief_verdict")
    with op.batch_alter_table("planned_talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_talk_requisition_id"))

    op.drop_table("planned_talk")
    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anchor_attribute_id"))

    op.drop_table("anchor")
    with op.batch_alter_table("decision_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_date_requisition_id"))

    op.drop_table("decision_date")
    op.drop_table("card_rules")
    op.drop_table("interviewer_profile")
