"""the tables of every room, where the history begins"""

from alembic import op

from recruiter.migrations.baseline import (  # each adds its tables to the metadata
    accounts,
    audit,
    requisitions,
    candidates,
    pipeline,
    interviews,
    scorecards,
    debriefs,
    offers,
    keepwarm,
    ranking,
    budget,
    exchange,
    jobs,
)
from recruiter.migrations.baseline.schema import metadata

revision = "0017"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)


def downgrade() -> None:
    metadata.drop_all(op.get_bind(), checkfirst=False)
