"""What somebody may see of a table, as a condition on whichever column holds its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Select, and_, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

Row = TypeVar("Row")
_TABLES: dict[tuple[object, str], object] = {}
Numbers = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Scope:
    """The rows of a table that somebody may see. A statement asks it of the rows that it looks at, and of no others.

    So a page of fifty costs the same in a company of a thousand candidates and in one of a million: the ids that are in
    sight are never listed.
    """

    condition: Callable[[Numbers], ColumnElement[bool]]

    def contains(self, numbers: Numbers) -> ColumnElement[bool]:
        """That the number in a column is in sight, as the condition of a statement. Where there is no number, nothing is."""
        return and_(numbers.is_not(None), self.condition(numbers))

    def where(self, condition: Callable[[Numbers], ColumnElement[bool]]) -> Scope:
        """What of it meets another condition too."""
        return Scope(lambda numbers: and_(self.condition(numbers), condition(numbers)))


def table_within(model: type[Row], condition: str) -> type[Row]:
    """A table as one condition looks at it, apart from the same table in the statement around it: made once for all statements."""
    key = model, condition
    if key not in _TABLES:
        _TABLES[key] = aliased(model)
    return cast("type[Row]", _TABLES[key])


def listed(ids: Select[int]) -> Scope:
    """A scope of few numbers, which a select lists."""
    return Scope(lambda numbers: numbers.in_(ids))


EVERY = Scope(lambda _: true())
