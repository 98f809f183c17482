"""the bench: clocks, dates, snoozes, letters, the morning mail; zone and answer of a promise"""

import recruiter.foundation.database.db
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('morning_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=False),
    sa.Column('at', recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_morning_mail_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_morning_mail')),
    sa.UniqueConstraint('user_id', 'on_date', name=op.f('uq_morning_mail_user_id_on_date'))
    )
    op.create_table('agreed_date',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('requisition_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('decision', 'approval', name='datekind', native_enum=False, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('promised_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_agreed_date_by_id_user')),
    sa.ForeignKeyConstraint(['promised_by_id'], ['user.id'], name=op.f('fk_agreed_date_promised_by_id_user')),
    sa.ForeignKeyConstraint(['requisition_id'], ['requisition.id'], name=op.f('fk_agreed_date_requisition_id_requisition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreed_date'))
    )
    with op.batch_alter_table('agreed_date', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreed_date_requisition_id'), ['requisition_id'], unique=False)

    op.create_table('cadence_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('requisition_id', sa.Integer(), nullable=False),
    sa.Column('situation', sa.String(length=500), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['requisition_id'], ['requisition.id'], name=op.f('fk_cadence_rule_requisition_id_requisition')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cadence_rule')),
    sa.UniqueConstraint('requisition_id', 'situation', name=op.f('uq_cadence_rule_requisition_id_situation'))
    )
    with op.batch_alter_table('cadence_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cadence_rule_requisition_id'), ['requisition_id'], unique=False)

    op.create_table('snooze',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_snooze_application_id_application')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_snooze_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snooze'))
    )
    with op.batch_alter_table('snooze', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snooze_application_id'), ['application_id'], unique=False)

    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('touchpoint_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=500), nullable=False),
    sa.Column('text_key', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', recruiter.foundation.database.db.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_letter_application_id_application')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_letter_by_id_user')),
    sa.ForeignKeyConstraint(['touchpoint_id'], ['touchpoint.id'], name=op.f('fk_letter_touchpoint_id_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('text_key', name=op.f('uq_letter_text_key'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_application_id'), ['application_id'], unique=False)

    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.add_column(sa.Column('zone', sa.String(length=500), nullable=False, server_default=''))

    with op.batch_alter_table('promise_change', schema=None) as batch_op:
        batch_op.add_column(sa.Column('said', sa.Text(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('promise_change', schema=None) as batch_op:
        batch_op.drop_column('said')

    with op.batch_alter_table('promise', schema=None) as batch_op:
        batch_op.drop_column('zone')

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_application_id'))

    op.drop_table('letter')
    with op.batch_alter_table('snooze', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_snooze_application_id'))

    op.drop_table('snooze')
    with op.batch_alter_table('cadence_rule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cadence_rule_requisition_id'))

    op.drop_table('cadence_rule')
    with op.batch_alter_table('agreed_date', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreed_date_requisition_id'))

    op.drop_table('agreed_date')
    op.drop_table('morning_mail')
