"""Work that goes on behind the pages."""

from sqlalchemy import JSON, Index, Integer, Text

from recruiter.migrations.baseline.schema import LINE, MOMENT, WORD, column, only_where, table

table(
    "job",
    column("kind", LINE),
    column("payload", JSON),
    column("status", WORD),
    column("progress", Integer),
    column("result", JSON, nullable=True),
    column("problem", Text, nullable=True),
    column("tries", Integer),
    column("asked_by_id", Integer, nullable=True),
    column("created_at", MOMENT),
    column("due_at", MOMENT),
    column("started_at", MOMENT, nullable=True),
    column("ended_at", MOMENT, nullable=True),
    Index("ix_job_status_due_at", "status", "due_at"),
    Index(
        "uq_job_one_of_its_kind",
        "kind",
        unique=True,
        **only_where("kind = 'model.fit' AND status IN ('queued', 'running')"),
    ),
)
