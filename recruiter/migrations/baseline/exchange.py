"""Files that were taken in, row by row, so that a whole file can be undone."""

from sqlalchemy import JSON, Index, Integer

from recruiter.migrations.baseline.schema import DIGEST, LINE, MOMENT, WORD, column, reference, table

table(
    "import_batch",
    column("format", LINE),
    column("state", WORD),
    column("content_digest", DIGEST, index=True),
    column("counts", JSON),
    column("problems", JSON),
    column("dropped_columns", JSON),
    reference("by_id", "user", nullable=True),
    column("created_at", MOMENT),
    column("version", Integer),
)

table(
    "import_row",
    reference("batch_id", "import_batch"),
    column("object_type", LINE),
    column("object_id", Integer),
    column("object_version", Integer, nullable=True),
    Index("ix_import_row_batch_id_object_type", "batch_id", "object_type"),
)
