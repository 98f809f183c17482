"""Storing many rows of one kind at a time, with the numbers of everything that one import made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import Model
from recruiter.foundation.json_types import JsonObject

Values = JsonObject  # of one row, by column
Rows = list[Values]


@dataclass
class BulkInsert:
    """The rows of one import as they are stored: in whose name, when, and `numbers` by table of those that others hang on."""

    session: Session
    now: dt.datetime
    actor_id: int = 0
    numbers: dict[str, list[int]] = field(default_factory=dict)

    def returning_ids(self, model: type[Model], rows: Rows, *, part: bool = False) -> list[int]:
        """Store rows of one kind and answer their numbers, in the same order; a `part` goes with its whole and is not noted."""
        if not rows:
            return []
        column: Any = model.__table__.c.id
        statement = insert(model).returning(column, sort_by_parameter_order=True)
        ids = list(self.session.scalars(statement, rows))
        if not part:
            self.numbers.setdefault(model.__tablename__, []).extend(ids)
        return ids

    def insert(self, model: type[Model], rows: Rows) -> None:
        """Store rows that nothing else refers to."""
        if rows:
            self.session.execute(insert(model), rows)
