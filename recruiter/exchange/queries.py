"""Finding imports, and what of a new one is here already."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.exchange.models import ImportBatch, ImportState
from recruiter.exchange.rules import KEY_PREFIX
from recruiter.foundation.database import paging
from recruiter.foundation.database.chunks import chunks
from recruiter.foundation.errors import NotFound
from recruiter.ranking.models import DecisionGrade, PastDecision
from recruiter.requisitions.models import Requisition


def imports(session: Session, *, limit: int, cursor: str | None) -> paging.Page[ImportBatch]:
    """Imports, newest first."""
    statement = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit + 1)
    after = paging.decode(cursor, int)
    if after:
        statement = statement.where(ImportBatch.id < after[0])
    rows = list(session.scalars(statement))
    return paging.Page(rows[:limit], paging.encode(rows[limit - 1].id) if len(rows) > limit else None)


def batch(session: Session, batch_id: int) -> ImportBatch:
    """One import. Raises NotFound."""
    import_batch = session.get(ImportBatch, batch_id) if 0 < batch_id < 2**31 else None
    if import_batch is None:
        raise NotFound(f"There is no import {batch_id}.")
    return import_batch


def applied_before(session: Session, content_digest: str) -> ImportBatch | None:
    """The import that brought in the same content and still stands."""
    same = select(ImportBatch).where(ImportBatch.content_digest == content_digest).order_by(ImportBatch.id)
    return session.scalars(same.where(ImportBatch.state == ImportState.APPLIED)).first()


def imported_grades(session: Session, names: Iterable[str]) -> dict[str, dict[str, float]]:
    """Items and grades of the imported slates of these names that are here already."""
    grades_by_slate: dict[str, dict[str, float]] = {}
    for part in chunks(sorted(names)):
        statement = (
            select(PastDecision.slate, DecisionGrade.item, DecisionGrade.grade)
            .join(DecisionGrade)
            .where(PastDecision.imported, PastDecision.slate.in_(part))
        )
        for slate, item, grade in session.execute(statement):
            grades_by_slate.setdefault(slate, {})[item] = grade
    return grades_by_slate


def people_by_key(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Numbers of the people with these addresses."""
    ids_by_key: dict[str, int] = {}
    for part in chunks(sorted(keys)):
        rows = session.execute(select(User.email_key, User.id).where(User.email_key.in_(part)))
        ids_by_key.update((key, number) for key, number in rows)
    return ids_by_key


def highest_key(session: Session) -> int:
    """The highest number of a requisition that an import made, 100 where there is none."""
    taken = session.scalars(select(Requisition.key).where(Requisition.key.like(f"{KEY_PREFIX}-%")))
    numbers = [int(key.rsplit("-", 1)[1]) for key in taken if key.rsplit("-", 1)[1].isdecimal()]
    return max([100, *numbers])
