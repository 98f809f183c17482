"""Reading around rows that cannot be read, so that one of them keeps nothing else inside when something goes out as a file."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import BindParameter, ColumnElement, Table, bindparam, event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from recruiter.foundation.database.damage import UNREADABLE, DamagedRow, damaged_rows
from recruiter.foundation.database.db import Base

Answer = TypeVar("Answer")
SET_ASIDE = "rows that this session does not read"
PASSED_OVER = "rows that this session could make nothing of"


def read_around(session: Session, read: Callable[[], Answer]) -> tuple[Answer, list[DamagedRow]]:
    """What a function reads, and the rows that it had to do without: it is asked again without them where it fails.

    Nothing is written meanwhile. Raises what the function raises where no row is to blame.
    """
    try:
        with session.no_autoflush:
            return read(), _taken(session)
    except UNREADABLE:
        _taken(session)
        damaged = damaged_rows(session.connection())
        if not damaged:
            raise
    try:
        return _read_without(session, damaged, read)
    except UNREADABLE:
        return _read_without(session, [*damaged, *_leaning_on(session, damaged)], read)


def _read_without(
    session: Session, damaged: list[DamagedRow], read: Callable[[], Answer]
) -> tuple[Answer, list[DamagedRow]]:
    _taken(session)
    with _set_aside(session, damaged), session.no_autoflush:
        return read(), [*damaged, *_taken(session)]


def _leaning_on(session: Session, damaged: Iterable[DamagedRow]) -> list[DamagedRow]:
    """The rows that mean nothing without some others: a finalist without the application."""
    missing_ids = _numbers(damaged)
    leaning = []
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            column, parent = key.parent, key.column.table.name
            if column.nullable or "id" not in table.columns or parent not in missing_ids:
                continue
            query = select(table.c.id).where(column.in_(inline(missing_ids[parent])), *_besides(table, missing_ids))
            numbers = list(session.execute(query).scalars())
            leaning += [DamagedRow(table.name, number, (column.name,)) for number in numbers]
            missing_ids[table.name] += numbers
    return leaning


def _numbers(rows: Iterable[DamagedRow]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.table].append(row.number)
    return numbers


def _besides(table: Table, numbers: Mapping[str, Sequence[int]]) -> list[ColumnElement[bool]]:
    return [table.c.id.not_in(inline(numbers[table.name]))] if numbers.get(table.name) else []


def pass_over(session: Session, row: DamagedRow) -> None:
    """Note a row whose words were to be read as something else and cannot be, for whoever reads around."""
    session.info.setdefault(PASSED_OVER, []).append(row)


def _taken(session: Session) -> list[DamagedRow]:
    rows: list[DamagedRow] = session.info.pop(PASSED_OVER, [])
    return rows


def sound(session: Session, table: Table) -> list[ColumnElement[bool]]:
    """The condition that passes over the rows that a session has set aside, for a statement over a table itself."""
    return _besides(table, session.info.get(SET_ASIDE, {}))


def inline(numbers: Sequence[int]) -> BindParameter[Sequence[int]]:
    """Numbers written into the statement, however many: a database takes only so many parameters."""
    return bindparam(None, list(numbers), expanding=True, literal_execute=True)


@contextlib.contextmanager
def _set_aside(session: Session, damaged: Iterable[DamagedRow]) -> Iterator[None]:
    """Let nothing that is read, whatever way it is reached, be one of some rows."""
    numbers = _numbers(damaged)
    criteria = [
        with_loader_criteria(
            mapper.class_, mapper.class_.id.not_in(inline(numbers[mapper.local_table.name])), include_aliases=True
        )
        for mapper in Base.registry.mappers
        if isinstance(mapper.local_table, Table) and mapper.local_table.name in numbers
    ]

    def without_them(statement: ORMExecuteState) -> None:
        if statement.is_select and not statement.is_column_load:
            statement.statement = statement.statement.options(*criteria).execution_options(populate_existing=True)

    session.info[SET_ASIDE] = numbers
    event.listen(session, "do_orm_execute", without_them)
    try:
        yield
    finally:
        event.remove(session, "do_orm_execute", without_them)
        session.info.pop(SET_ASIDE)
