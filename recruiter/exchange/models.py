"""Imports and the rows that they made."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NotRequired, TypedDict

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.foundation.database.columns import Digest, IntPk
from recruiter.foundation.database.db import Model, Versioned
from recruiter.learning.history.csv_table import ProblemRow


class DroppedColumn(TypedDict):
    """A column that was left out, or one cell of it at a line, and why."""

    file: str
    line: NotRequired[int]
    column: str
    why: str


class ImportState(StrEnum):
    """Where an import stands."""

    PLANNED = "planned"
    APPLIED = "applied"
    UNDONE = "undone"
    REFUSED = "refused"


class ImportBatch(Versioned, Model):
    """One import: what came in, what was made of it, what was wrong with it."""

    id: Mapped[IntPk]
    format: Mapped[str]
    state: Mapped[ImportState]
    content_digest: Mapped[Digest] = mapped_column(index=True)
    counts: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, default=dict)
    problems: Mapped[list[ProblemRow]] = mapped_column(JSON, default=list)
    dropped_columns: Mapped[list[DroppedColumn]] = mapped_column(JSON, default=list)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[dt.datetime]
    rows: Mapped[list[ImportRow]] = relationship(back_populates="batch")


class ImportRow(Model):
    """One row that an import made, with the version it had then, so that undo can tell whether it was changed since."""

    id: Mapped[IntPk]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    object_type: Mapped[str]
    object_id: Mapped[int]
    object_version: Mapped[int | None]
    batch: Mapped[ImportBatch] = relationship(back_populates="rows")
    __table_args__ = (Index("ix_import_row_batch_id_object_type", "batch_id", "object_type"),)
