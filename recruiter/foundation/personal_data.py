"""What tables hold about a candidate: each room says of every column with words what becomes of it when the person is erased.

Tables and columns go by their names in the database, so that a room declares without importing anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ERASED = "[erased]"


@dataclass(frozen=True)
class Kept:
    """Stays as it is; `why` says why it names nobody."""

    why: str


@dataclass(frozen=True)
class Words:
    """What somebody wrote: “[erased]” stands in its place, and empty stays empty."""


@dataclass(frozen=True)
class Blank:
    """Takes one value whatever it was."""

    value: Any = ""


@dataclass(frozen=True)
class Numbered:
    """Takes a value made of the number of its row: “Erased person 17”."""

    pattern: str


@dataclass(frozen=True)
class Common:
    """A category that figures are counted by: stays where at least five applications share it, else it is emptied."""


@dataclass(frozen=True)
class Inside:
    """JSON in which words stand under one key among figures: those words go, the figures stay."""

    key: str


Treatment = Kept | Words | Blank | Numbered | Common | Inside
CODE = Kept("a code of a fixed list")
CURRENCY = Kept("an ISO 4217 code")
DIGEST = Kept("a digest")


@dataclass(frozen=True)
class Held:
    """What one table holds about a person.

    `via` are the columns by which a row leads to a person: to a candidate, or to another held table. A table without any
    holds nothing of one person, though it names them by number. `removed` rows are deleted; of others the columns are treated.
    """

    table: str
    title: str
    via: tuple[str, ...] = ()
    removed: bool = False
    columns: Mapping[str, Treatment] = field(default_factory=dict)
