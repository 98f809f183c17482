"""Reading and writing CSV safely: any usual delimiter in, no formula out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

RISKY = ("=", "+", "-", "@", "\t", "\r")


def guarded(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: text that starts like one gets a quote before it, numbers stay numbers."""
    if isinstance(value, str) and value.startswith(RISKY):
        return "'" + value
    return value


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row of a CSV file with a header; byte order mark, comma, semicolon and tab are understood."""
    text = path.read_bytes().decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    for row in reader:
        yield (
            reader.line_num,
            {(k or "").strip(): (v or "").strip() for k, v in row.items() if isinstance(v, str) or v is None},
        )


def write(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Write a CSV file in UTF-8 with every text cell guarded against formulas."""
    path.write_bytes(text_of(header, lines).encode())


def text_of(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """The text of a CSV file with every text cell guarded against formulas."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in line] for line in lines)
    return buffer.getvalue()
