"""Rows that cannot be read: JSON that is none or of another shape, a word that no enumeration knows, a date that is none.

What goes out as a file is read around them and names them, so that one bad row keeps nothing else inside.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints, is_typeddict

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    Integer,
    Numeric,
    Table,
    Text,
    cast,
    select,
)
from sqlalchemy.exc import DataError

from recruiter.foundation import wording
from recruiter.foundation.database.db import Base, Instant

Check = Callable[[str], object]  # raises where a value cannot be read
UNREADABLE = (AttributeError, LookupError, OverflowError, TypeError, ValueError, DataError)
MOST_NAMED = 20
AT_A_TIME = 1_000
BEYOND = 2**63  # no database holds a whole number from here on
PASSED_OVER = "rows that this session could make nothing of"


class DamagedRow(NamedTuple):
    """A row that cannot be read, and in which columns."""

    table: str
    number: int
    columns: tuple[str, ...]

    def __str__(self) -> str:
        """“candidate 12 (tags)”: where to look, and nothing of what stands there."""
        return f"{self.table} {self.number}" + (f" ({', '.join(self.columns)})" if self.columns else "")


def sentence(rows: Sequence[DamagedRow]) -> str:
    """What an export says of rows that it left out; nothing where there are none."""
    return (
        f"Left out, because {'they' if len(rows) > 1 else 'it'} can\u2019t be read: {row_names(rows)}." if rows else ""
    )


def row_names(rows: Sequence[DamagedRow]) -> str:
    """Rows by table and number, the first of many."""
    further = [f"{len(rows) - MOST_NAMED} more"] if len(rows) > MOST_NAMED else []
    return wording.listing([*map(str, rows[:MOST_NAMED]), *further])


def damaged_rows(connection: Connection, tables: Iterable[Table] | None = None) -> list[DamagedRow]:
    """Every row of some tables, else of all, that cannot be read."""
    return [row for table in tables or Base.metadata.sorted_tables for row in _damaged_in(connection, table)]


def _damaged_in(connection: Connection, table: Table) -> Iterator[DamagedRow]:
    checks = {column: check for column in table.columns if (check := _check(column)) is not None}
    if not checks or "id" not in table.columns:
        return
    query = select(table.c.id, *(cast(column, Text) for column in checks)).order_by(table.c.id)
    with connection.execute(query, execution_options={"yield_per": AT_A_TIME}) as result:
        for number, *texts in result:
            bad = tuple(
                column.name
                for (column, check), value in zip(checks.items(), texts, strict=True)
                if value is not None and not _passes(check, value)
            )
            if bad:
                yield DamagedRow(table.name, number, bad)


def _passes(check: Check, value: str) -> bool:
    try:
        check(value)
    except ValueError:
        return False
    return True


def _check(column: Column[object]) -> Check | None:
    """How a stored text of a column is read, None where anything can be."""
    kind = column.type
    if isinstance(kind, JSON):
        return _json_check(column)
    if isinstance(kind, Enum):
        return kind.enums.index
    if isinstance(kind, Instant):
        return dt.datetime.fromisoformat
    if isinstance(kind, Date):
        return dt.date.fromisoformat
    if isinstance(kind, Boolean) or column.primary_key or column.foreign_keys:
        return None
    return _number_check(whole=isinstance(kind, Integer)) if isinstance(kind, Integer | Numeric) else None


def _number_check(*, whole: bool) -> Check:
    def check(value: str) -> None:
        if not (-BEYOND <= int(value) < BEYOND if whole else math.isfinite(float(value))):
            raise ValueError

    return check


def _json_check(column: Column[object]) -> Check:
    shape = _shapes().get((column.table.name, column.name), object)

    def check(value: str) -> None:
        if not _fits(json.loads(value), shape):
            raise ValueError

    return check


@cache
def _shapes() -> Mapping[tuple[str, str], type]:
    """The shape of the JSON of each column, as its model says it."""
    return {
        (column.table.name, column.name): _annotated(mapper.class_, attribute.key)
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
        if isinstance(column := attribute.columns[0], Column) and isinstance(column.type, JSON)
    }


def _annotated(model: type, name: str) -> type:
    """The type that a model gives an attribute, without the `Mapped` around it."""
    at = next(parent for parent in model.__mro__ if name in inspect.get_annotations(parent))
    annotations = {name: inspect.get_annotations(at)[name]}
    alone = type("Alone", (), {"__module__": at.__module__, "__annotations__": annotations})
    shape: type = get_args(get_type_hints(alone)[name])[0]
    return shape


def _fits(value: object, shape: Any) -> bool:
    """Whether a JSON value is of a shape: a type as models write it."""
    origin, parts = get_origin(shape), get_args(shape)
    if shape in {Any, object}:
        return True
    if origin is list:
        return isinstance(value, list) and all(_fits(each, parts[0]) for each in value)
    if origin is dict:
        return isinstance(value, dict) and all(_fits(each, parts[1]) for each in value.values())
    if is_typeddict(shape):
        hints = get_type_hints(shape)
        return (
            isinstance(value, dict)
            and shape.__required_keys__ <= value.keys()
            and all(_fits(value[key], hint) for key, hint in hints.items() if key in value)
        )
    if parts:  # one of several
        return any(_fits(value, part) for part in parts)
    return isinstance(value, (int, float) if shape is float else shape)


def empty_json(column: Column[object]) -> object:
    """A JSON value of the shape of a column that says nothing."""
    shape = _shapes().get((column.table.name, column.name), object)
    return [] if get_origin(shape) is list else {}
