"""History that is written once: rows which may be added, never changed, and removed only by erasure or the undo of an import."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

REMOVAL_ALLOWED = "removal of append-only rows"


class AppendOnly:
    """Mixin of tables that are a record of what happened."""


class HistoryIsFixedError(RuntimeError):
    """Somebody tried to rewrite the past: a fault of the program, never of its user."""


def remove(session: Session, row: AppendOnly) -> None:
    """Take a row of history away for the undo of an import or for erasure; nothing else may call this."""
    session.info.setdefault(REMOVAL_ALLOWED, set()).add(row)
    session.delete(row)


@event.listens_for(Session, "before_flush")
def _guard(session: Session, flush_context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
    allowed = session.info.get(REMOVAL_ALLOWED, set())
    for row in session.dirty:
        if isinstance(row, AppendOnly) and session.is_modified(row, include_collections=False):
            raise HistoryIsFixedError(f"{type(row).__name__} is append-only")
    for row in session.deleted:
        if isinstance(row, AppendOnly) and row not in allowed:
            raise HistoryIsFixedError(f"{type(row).__name__} is append-only")
