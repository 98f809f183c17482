"""Rows about a person: deleted, or left with their figures and without their words, as each room has declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, case, delete, func, literal, null, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from recruiter.foundation.database.chunks import chunks
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.personal_data import ERASED, Blank, Common, Held, Inside, Kept, Numbered, Words
from recruiter.pipeline.models import Application
from recruiter.privacy.person import person_queries
from recruiter.privacy.person.person_queries import Roots

FEWEST = 5  # applications that share a category which stays


def _common_sources(session: Session, ids: list[int]) -> set[str]:
    """The sources that enough other applications have."""
    others = select(Application.source).where(Application.id.not_in(ids)).group_by(Application.source)
    return set(session.scalars(others.having(func.count() >= FEWEST)))


def _values(session: Session, table: Table, declaration: Held, ids: list[int]) -> dict[str, Any]:
    """What the columns of a table are set to, as one statement for all of its rows."""
    values: dict[str, Any] = {}
    for name, treatment in declaration.columns.items():
        column: ColumnElement[Any] = table.c[name]
        match treatment:
            case Words():
                values[name] = case((column == "", column), (column.is_(None), null()), else_=ERASED)
            case Blank(value):
                values[name] = null() if value is None else literal(value, table.c[name].type)
            case Numbered(pattern):
                before, _, after = pattern.partition("{id}")
                values[name] = before + sql_cast(table.c.id, String) + after
            case Common():
                values[name] = case((column.in_(_common_sources(session, ids)), column), else_="")
            case Inside() | Kept():
                continue
    if values and "version" in table.c:
        values["version"] = table.c.version + 1
    return values


def _without(value: Any, key: str) -> Any:
    """JSON without the words under a key."""
    if isinstance(value, list):
        return [_without(each, key) for each in value]
    if isinstance(value, dict):
        return {
            name: (ERASED if each else each) if name == key else _without(each, key) for name, each in value.items()
        }
    return value


def _clean_inside(session: Session, table: Table, declaration: Held, ids: Sequence[int]) -> None:
    for name, treatment in declaration.columns.items():
        if not isinstance(treatment, Inside):
            continue
        for row in session.execute(select(table.c.id, table.c[name]).where(table.c.id.in_(ids))).all():
            cleaned = _without(row[1], treatment.key)
            if cleaned != row[1]:
                session.execute(update(table).where(table.c.id == row[0]).values({name: cleaned}))


def treat(session: Session, roots: Roots) -> JsonObject:
    """Treat every row that leads to the roots as declared: how many of each table were deleted, and how many were changed."""
    deleted: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for declaration, table, ids in person_queries.held_rows(session, roots):
        for some in chunks(ids):
            if declaration.removed:
                session.execute(delete(table).where(table.c.id.in_(some)))
                deleted[table.name] += len(some)
                continue
            _clean_inside(session, table, declaration, some)
            values = _values(session, table, declaration, ids)
            if values:
                session.execute(update(table).where(table.c.id.in_(some)).values(values))
                changed[table.name] += len(some)
    session.expire_all()
    return {"deleted": dict(deleted), "changed": dict(changed)}
