"""The last defence of the calendar: no row with a day of another century is stored, whichever door it came through."""

from __future__ import annotations

import datetime as dt
import functools

from sqlalchemy import Date, event, inspect
from sqlalchemy.orm import Mapper, Session, UOWTransaction

from recruiter.foundation.calendar import OUTSIDE, is_in_calendar
from recruiter.foundation.database.db import Instant
from recruiter.foundation.errors import RuleBroken

MARGIN = dt.timedelta(days=1)  # a moment may lie on the day before or after, on the clock of UTC


@functools.cache
def _dated(mapper: Mapper[object]) -> tuple[str, ...]:
    """The attributes of a table that are days or moments."""
    return tuple(column.key for column in mapper.column_attrs if isinstance(column.columns[0].type, Date | Instant))


def _is_storable(value: object) -> bool:
    if isinstance(value, dt.datetime):
        try:
            return is_in_calendar(value) or is_in_calendar(value + MARGIN) or is_in_calendar(value - MARGIN)
        except OverflowError:
            return False
    return not isinstance(value, dt.date) or is_in_calendar(value)


def attach() -> None:
    """Look at every row before it is stored."""
    if not event.contains(Session, "before_flush", _refuse_other_centuries):
        event.listen(Session, "before_flush", _refuse_other_centuries)


def _refuse_other_centuries(session: Session, flush_context: UOWTransaction, instances: object) -> None:  # noqa: ARG001
    """Raises RuleBroken at the column. What was stored before and is left as it was passes, so that it can be mended and erased."""
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        for name in _dated(state.mapper):
            if name in state.dict and not _is_storable(state.dict[name]) and state.attrs[name].history.added:
                raise RuleBroken.at(name, OUTSIDE)
