"""The one reader and the one writer of CSV: any usual delimiter in, UTF-8 with its mark and CRLF out, no formula in a cell.

The reader restores what the writer guards, so that what is written and read again is the same.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from recruiter.foundation import text

LONGEST_CELL = 16 * 1024 * 1024  # characters; more than any request brings
csv.field_size_limit(LONGEST_CELL)
BYTE_ORDER_MARK = "\ufeff"  # by it a spreadsheet knows UTF-8
DELIMITERS = ",;\t"
FORMULA_SIGNS = frozenset("=+-@")
BREAKS = ("\t", "\r", "\n")
AFTER_DELIMITER = re.compile("(?<=[;\t])")
NAMED_DELIMITER = re.compile("sep=([,;|\t])\\s*", re.IGNORECASE)


class UnreadableCsv(ValueError):  # noqa: N818  # reads better in sentences
    """A file is no CSV in UTF-8."""


class EmptyCsv(UnreadableCsv):
    """A file holds nothing that can be seen."""


def _begins_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula: by its first sign that is seen, of whatever width."""
    if cell[:1].isascii() and cell[:1].isalnum():
        return False
    sign = next((c for c in cell if text.is_visible(c)), "")
    return cell.startswith(BREAKS) or unicodedata.normalize("NFKC", sign)[:1] in FORMULA_SIGNS


def guarded(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe, numbers stay numbers.

    So does what follows a sign within the cell that a spreadsheet of another country takes for the delimiter.
    """
    if not isinstance(value, str):
        return value
    first, *others = AFTER_DELIMITER.split(value)
    return _guarded_part("".join([first, *map(_guarded_part, others)]))


def restored(cell: str) -> str:
    """What a cell held before it was guarded."""
    first, *others = AFTER_DELIMITER.split(_restored_part(cell))
    return "".join([first, *map(_restored_part, others)])


def _guarded_part(part: str) -> str:
    return "'" + part if _begins_formula(part.lstrip("'")) else part


def _restored_part(part: str) -> str:
    return part[1:] if part.startswith("'") and _begins_formula(part.lstrip("'")) else part


def text_of(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """The text of a CSV file with every text guarded against formulas, those of the header too."""
    buffer = io.StringIO(newline="")
    _write(buffer, header, lines)
    return buffer.getvalue()


def _write(stream: TextIO, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    stream.write(BYTE_ORDER_MARK)
    csv.writer(stream).writerows([guarded(cell) for cell in line] for line in itertools.chain([header], lines))


def write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Write a CSV file, line by line as they come: UTF-8 with its mark, CRLF, every text guarded against formulas."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        _write(stream, header, lines)


@dataclass(frozen=True)
class CsvFile:
    """A CSV file as it was read: its lines, from which of them on it is a table, and what parts the cells."""

    lines: list[str]
    start: int
    delimiter: str

    def records(self) -> Iterator[tuple[int, list[str] | None]]:
        """First line (from 1) and cells of each record, restored; None for a quote that is never closed, which costs its own line."""
        start = self.start
        while start < len(self.lines):
            reader = csv.reader((self.lines[k] for k in range(start, len(self.lines))), delimiter=self.delimiter)
            consumed = 0
            try:
                for cells in reader:
                    begin, end = start + consumed, start + reader.line_num
                    if end - begin > 1 and "".join(self.lines[begin:end]).count('"') % 2:
                        break
                    yield begin + 1, [restored(cell) for cell in cells]
                    consumed = reader.line_num
                else:
                    return
            except csv.Error:  # a cell beyond any length: as good as a quote that is never closed
                pass
            yield start + consumed + 1, None
            start += consumed + 1


def read(path: Path) -> CsvFile:
    """A CSV file with or without its mark, parted by commas, semicolons or tabs, or as a first line like `sep=;` says.

    Raises UnreadableCsv with what is wrong, in words that follow the name of the file.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableCsv("is not UTF-8 text") from None
    if "\0" in content:
        raise UnreadableCsv("is not a text table")
    if not text.is_visible(content):
        raise EmptyCsv("is empty")
    lines = list(io.StringIO(content, newline=""))
    if match := NAMED_DELIMITER.fullmatch(lines[0]):
        return CsvFile(lines, 1, match[1])
    return CsvFile(lines, 0, max(DELIMITERS, key=lines[0].count))


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of a CSV file with a header, cleaned. Raises UnreadableCsv."""
    header: list[str] = []
    for line, cells in read(path).records():
        if cells is None:
            raise UnreadableCsv(f"has a quote in line {line} that is never closed")
        cleaned = [text.clean(cell) for cell in cells]
        if not header:
            header = cleaned
        elif any(cleaned):
            yield line, dict(itertools.zip_longest(header, cleaned[: len(header)], fillvalue=""))


def count(path: Path) -> int:
    """How many rows a CSV file that `write` has written has beside its header, read line by line."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1
