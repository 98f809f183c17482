"""A table as a workbook: what it says and stands on first, then its rows, figures as numbers and days as dates."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | float | None
SAFE = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NARROW, WIDE, LONGEST = 10, 48, 32_000


@dataclass(frozen=True)
class Sheet:
    """A table with what stands above it: label, value and note of each line."""

    title: str
    sentence: str
    facts: Sequence[tuple[str, str, str]]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]


def _width(head: str, cells: Sequence[Cell]) -> int:
    longest = max([len(head), *(len(str(one)) for one in cells if one is not None)])
    return max(NARROW, min(WIDE, longest + 2))


def _fill(book: Any, table: Any, sheet: Sheet) -> None:
    """Write the rows: figures as numbers, days as dates, everything else as text."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    table.freeze_panes(1, 1)
    for column, name in enumerate(sheet.heads):
        table.set_column(column, column, _width(name, [row[column] for row in sheet.rows]))
        table.write_string(0, column, name, head)
    for place, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                table.write_number(place, column, cell)
            elif cell and DAY.fullmatch(cell):
                table.write_datetime(place, column, dt.datetime.fromisoformat(cell), day)
            elif cell:
                table.write_string(place, column, cell[:LONGEST])
    if sheet.rows:
        table.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)


def render(sheet: Sheet, *, made_on: dt.date) -> bytes:
    """The bytes of the workbook, the same for the same table and day: sheets Summary and Table. Text is never a formula."""
    import xlsxwriter  # loads slowly

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        book.set_properties({"title": sheet.title, "created": dt.datetime.combine(made_on, dt.time())})
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        summary = book.add_worksheet("Summary")
        summary.set_column(0, 0, WIDE)
        summary.set_column(1, 2, WIDE // 2)
        lines: list[tuple[str, ...]] = [(sheet.title,), (sheet.sentence,), (), *sheet.facts, ()]
        lines += [(one,) for one in sheet.notes]
        for place, line in enumerate(lines):
            for column, words in enumerate(line):
                summary.write_string(place, column, words[:LONGEST], bold if place == 0 else wrap)
        table = book.add_worksheet("Table")
        _fill(book, table, sheet)
        for one in (summary, table):
            one.set_landscape()
            one.fit_to_pages(1, 0)
    return made.getvalue()
