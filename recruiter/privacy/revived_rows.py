"""What a restore may have revived, by kinds: which rows, what tells one from another, and how each is ended again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.foundation.endings.ledger import Ending, Row


@dataclass(frozen=True)
class Revived:
    """Something that a restore may have brought back: the row, when it had ended, and what it had become, if that is known.

    `became` is all that it ever became, where that is more than one thing.
    """

    row: Any
    at: dt.datetime
    to: str
    became: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kind:
    """One kind of ending: the rows on which it may have been undone, what tells one from another, and how it is ended again.

    `end` answers whether there was anything to end: what is stored may be newer than the ending. `in_turn`: what it became
    may have ended in its turn.
    """

    ending: Ending
    rows: Select[Any]
    made_at: Callable[[Any], dt.datetime | str]
    end: Callable[[Session, Revived, Moment], bool]
    subject: Callable[[Any], Row] = lambda row: row
    in_turn: bool = False


def made(row: Any) -> dt.datetime:
    """When a row was made, as most kinds tell one from another."""
    made_at: dt.datetime = row.created_at
    return made_at
