"""Reading one CSV table as people really save it: with a byte order mark, commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader
    from pathlib import Path

SEPARATORS = (",", ";", "\t")


class HistoryRefused(ValueError):  # noqa: N818 - the public name of the refusal, fixed by the contract
    """A history folder cannot be used as it is; the message is one plain sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong: in which file, at which line (1 is the header), in which column, and why."""

    file: str
    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file with their line numbers; `cells` holds one list of texts per known column."""

    file: str
    lines: list[int]
    cells: dict[str, list[str]]
    bad: list[Problem]
    notes: list[Problem]

    @property
    def n_rows(self) -> int:
        """Rows that were read, bad ones included."""
        return len(self.lines) + len(self.bad)


def read_table(path: Path, required: tuple[str, ...], optional: tuple[str, ...]) -> Table:
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
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        header = [name.strip().lower() for name in next(rows)]
    except (StopIteration, csv.Error):
        raise HistoryRefused(f"{path.name} is empty.") from None
    return _collect(path.name, rows, _placed(path.name, header, required, optional), header)


def _placed(file: str, header: list[str], required: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, int]:
    missing = [name for name in required if name not in header]
    if missing:
        raise HistoryRefused(f"{file} has no column {' and no column '.join(missing)}.")
    known = [name for name in (*required, *optional) if name in header]
    twice = [name for name in known if header.count(name) > 1]
    if twice:
        raise HistoryRefused(f"{file} names the column {twice[0]} twice.")
    return {name: header.index(name) for name in known}


def _collect(file: str, reader: Reader, places: dict[str, int], header: list[str]) -> Table:
    notes = [Problem(file, 1, name, "unknown column, ignored") for name in header if name and name not in places]
    lines: list[int] = []
    cells: dict[str, list[str]] = {name: [] for name in places}
    bad: list[Problem] = []
    try:
        for row in reader:
            if not any(row):
                continue
            if len(row) != len(header):
                bad.append(Problem(file, reader.line_num, "", f"{len(row)} cells where the header has {len(header)}"))
                continue
            lines.append(reader.line_num)
            for name, place in places.items():
                cells[name].append(row[place].strip())
    except csv.Error:
        raise HistoryRefused(f"{file} cannot be read as a table after line {reader.line_num}.") from None
    return Table(file, lines, cells, bad, notes)
