"""The rows of a table as lines of JSON, as a backup keeps them; a row that cannot be read is kept without what is damaged."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import JSON, Column, Connection, Date, Enum, Table, Text, cast, false, select

from recruiter.foundation.calendar import FIRST_YEAR
from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.database.db import Instant
from recruiter.foundation.database.transient import is_transient

AT_A_TIME = 1_000
FIRST_DAY = dt.date(FIRST_YEAR, 1, 1)


@dataclass(frozen=True)
class DamagedValue:
    """A value that cannot be read, as it stands there: its row is kept with an empty value, so that it can be taken back."""

    table: str
    number: int
    column: str
    text: str


def encoded(value: object) -> object:
    """A value of a column as JSON holds it."""
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def heading(table: Table) -> bytes:
    """The names of the columns, as the first line of a table."""
    return json.dumps([column.name for column in table.columns]).encode() + b"\n"


def lines(connection: Connection, table: Table, *, besides: Sequence[int] = ()) -> Iterator[bytes]:
    """The names of the columns, then the rows, as JSON lines; of a table that stays behind no row.

    A JSON value stands in a list of one, so that its null differs from none. `besides` are numbers of rows to pass over.
    """
    columns = list(table.columns)
    yield heading(table)
    boxed = {place for place, column in enumerate(columns) if isinstance(column.type, JSON)}
    there = [columns[place].is_not(None) for place in sorted(boxed)]
    query = select(*columns, *there).order_by(*table.primary_key.columns)
    if besides:
        query = query.where(table.c.id.not_in(sound_reading.inline(besides)))
    rows = connection.execution_options(yield_per=AT_A_TIME).execute(
        query.where(false()) if is_transient(table) else query
    )
    for row in rows:
        flags = dict(zip(sorted(boxed), row[len(columns) :], strict=True))
        values = [
            ([value] if flags[place] else None) if place in boxed else encoded(value)
            for place, value in enumerate(row[: len(columns)])
        ]
        yield _line(values) + b"\n"


def lines_around_damage(connection: Connection, table: Table, damaged_values: list[DamagedValue]) -> Iterator[bytes]:
    """The lines of a table with rows that cannot be read: those come last, with nothing in the place of what is damaged.

    A word that no enumeration knows is kept: another version may know it. What is damaged is added to `damaged_values`.
    """
    damaged = {row.number: row.columns for row in damage.damaged_rows(connection, [table])}
    yield from lines(connection, table, besides=list(damaged))
    for number, bad in damaged.items():
        query = select(*(cast(column, Text) if column.name in bad else column for column in table.columns))
        row = connection.execute(query.where(table.c.id == number)).one()
        damaged_values += [
            DamagedValue(table.name, number, column.name, value)
            for column, value in zip(table.columns, row, strict=True)
            if column.name in bad
        ]
        yield (
            _line(
                [
                    _instead_of(column, value) if column.name in bad else _boxed(column, value)
                    for column, value in zip(table.columns, row, strict=True)
                ]
            )
            + b"\n"
        )


def _boxed(column: Column[object], value: object) -> object:
    return encoded(value) if value is None or not isinstance(column.type, JSON) else [value]


def _instead_of(column: Column[object], text: str) -> object:
    """What is kept in the place of a value that cannot be read."""
    if isinstance(column.type, JSON):
        return _json_instead_of(column, text)
    if isinstance(column.type, Enum):
        return text
    if column.nullable:
        return None
    return FIRST_DAY.isoformat() if isinstance(column.type, Date | Instant) else 0


def _json_instead_of(column: Column[object], text: str) -> object:
    try:
        return [json.loads(text)]
    except ValueError:
        return None if column.nullable else [damage.empty_json(column)]


def _line(values: list[object]) -> bytes:
    try:
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half a pair of surrogates inside a JSON value, which SQLite keeps as an escape
        return json.dumps(values, separators=(",", ":")).encode()


@contextlib.contextmanager
def kept_lines(
    connection: Connection, table: Table, scratch: Path, damaged: list[DamagedValue]
) -> Iterator[Iterable[bytes]]:
    """The lines of a table, all of them read before the first is kept: where one cannot be, it is read anew around it."""
    with tempfile.TemporaryFile(dir=scratch) as spool:
        try:
            spool.writelines(lines(connection, table))
        except damage.UNREADABLE:
            spool.seek(0)
            spool.truncate()
            spool.writelines(lines_around_damage(connection, table, damaged))
        spool.seek(0)
        yield spool
