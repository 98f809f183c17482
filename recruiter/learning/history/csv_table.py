"""Reading one CSV table as people really save it: with a byte order mark, commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

SEPARATORS = (",", ";", "\t")


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
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HistoryRefused(f"{path.name} is not UTF-8 text.") from None
    if "\0" in text:
        raise HistoryRefused(f"{path.name} is not a text table.")
    if not text.strip():
        raise HistoryRefused(f"{path.name} is empty.")
    lines = list(io.StringIO(text, newline=""))
    separator = max(SEPARATORS, key=lines[0].count)
    records = _records(lines, separator)
    _, first = next(records)
    if first is None:
        raise HistoryRefused(f"{path.name} has a header row that cannot be read.")
    header = [name.strip().lower() for name in first]
    places = _column_places(path.name, header, required, optional)
    table = Table(path.name, {name: [] for name in places}, decimal_comma=separator != ",")
    for name in header:
        if name and name not in places:
            table.note(1, name, "unknown column, ignored")
    for line, row in records:
        _add_row(table, line, row, places, width=len(header))
    return table


def _records(lines: list[str], separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """First line (from 1) and cells of each record; a quote that is never closed costs its own line, not the rest."""
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[k] for k in range(start, len(lines))), delimiter=separator)
        consumed = 0
        try:
            for cells in reader:
                begin, end = start + consumed, start + reader.line_num
                if end - begin > 1 and "".join(lines[begin:end]).count('"') % 2:
                    break
                yield begin + 1, cells
                consumed = reader.line_num
            else:
                return
        except csv.Error:  # a cell beyond any length: as good as a quote that is never closed
            pass
        yield start + consumed + 1, None
        start += consumed + 1


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
            table.cells[name].append(row[place].strip())
