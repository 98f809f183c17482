"""One act at a time on a search, for what must not be written over unseen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.requisitions.models import Requisition


def lock(session: Session, requisition_id: int) -> None:
    """Let whoever comes second wait until the first has committed; what is read from here on is what the first left.

    PostgreSQL locks the row of the search. SQLite takes one writer at a time anyway, from before its first reading.
    """
    session.flush()
    row_query = select(Requisition.id).where(Requisition.id == requisition_id)
    session.execute(row_query.with_for_update(key_share=True))
