"""Reading one CSV table as people really save it: with a byte order mark, commas, semicolons or tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from recruiter.foundation import text
from recruiter.foundation.files import csvs


class HistoryRefused(ValueError):  # noqa: N818 - the public name of the refusal, fixed by the contract
    """A history folder cannot be used as it is; the message is one plain sentence for the person who sent it."""


class ProblemRow(TypedDict):
    """A problem as plain values, for JSON."""

    file: str
    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong: in which file, at which line (1 is the header), in which column, and why."""

    file: str
    line: int
    column: str
    why: str

    def as_dict(self) -> ProblemRow:
        """Plain values for JSON."""
        return {"file": self.file, "line": self.line, "column": self.column, "why": self.why}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file with their line numbers; `cells` holds one list of texts per known column."""

    file: str
    cells: dict[str, list[str]]
    lines: list[int] = field(default_factory=list)
    bad: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    decimal_comma: bool = False  # "3,5" is a number where commas do not part the cells

    def refuse(self, line: int, column: str, why: str) -> None:
        """Put a row on the list of those that are left out."""
        self.bad.append(Problem(self.file, line, column, why))

    def note(self, line: int, column: str, why: str) -> None:
        """Tell of something that is passed over without a row being lost."""
        self.notes.append(Problem(self.file, line, column, why))

    def keys(self) -> list[tuple[str, str]]:
        """(slate, item) of each row."""
        return list(zip(self.cells["slate"], self.cells["item"], strict=True))


def read_table(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Read a table whose header must name the required columns.

    Columns beyond the known ones are noted and ignored, so that no custom field can enter by accident.

    Raises:
        HistoryRefused: not UTF-8, empty, a required column missing, or a column named twice.
    """
    try:
        content = csvs.read(path)
    except csvs.UnreadableCsv as error:
        raise HistoryRefused(f"{path.name} {error}.") from None
    records = content.records()
    _, first = next(records)
    if first is None:
        raise HistoryRefused(f"{path.name} has a header row that cannot be read.")
    header = [text.one_line(name).lower() for name in first]
    places = _column_places(path.name, header, required, optional)
    table = Table(path.name, {name: [] for name in places}, decimal_comma=content.delimiter != ",")
    for name in header:
        if name and name not in places:
            table.note(1, name, "unknown column, ignored")
    for line, row in records:
        _add_row(table, line, row, places, width=len(header))
    return table


def _column_places(file: str, header: list[str], required: Sequence[str], optional: Sequence[str]) -> dict[str, int]:
    missing = [name for name in required if name not in header]
    if missing:
        raise HistoryRefused(f"{file} has no column {' and no column '.join(missing)}.")
    known = [name for name in (*required, *optional) if name in header]
    twice = [name for name in known if header.count(name) > 1]
    if twice:
        raise HistoryRefused(f"{file} names the column {twice[0]} twice.")
    return {name: header.index(name) for name in known}


def _add_row(table: Table, line: int, row: list[str] | None, places: dict[str, int], *, width: int) -> None:
    if row is None:
        table.refuse(line, "", "a quote is opened and never closed")
    elif not any(row):
        return
    elif len(row) != width:
        table.refuse(line, "", f"{len(row)} cells where the header has {width}")
    else:
        table.lines.append(line)
        for name, place in places.items():
            table.cells[name].append(text.one_line(row[place]))
