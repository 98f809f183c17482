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
class TableSheet:
    """A table with what stands above it: label, value and note of each line."""

    title: str
    sentence: str
    facts: Sequence[tuple[str, str, str]]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str]


def _width(head: str, cells: Sequence[Cell]) -> int:
    longest = max([len(head), *(len(str(cell)) for cell in cells if cell is not None)])
    return max(NARROW, min(WIDE, longest + 2))


def _fill(book: Any, table: Any, sheet: TableSheet) -> None:
    """Write the rows: figures as numbers, days as dates, everything else as text."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    table.freeze_panes(1, 1)
    for column, name in enumerate(sheet.heads):
        table.set_column(column, column, _width(name, [row[column] for row in sheet.rows]))
        table.write_string(0, column, name, head)
    for row_index, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and DAY.fullmatch(cell):
                table.write(row_index, column, dt.datetime.fromisoformat(cell), day)
            else:
                table.write(row_index, column, cell[:LONGEST] if isinstance(cell, str) else cell)
    if sheet.rows:
        table.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)


def render(sheet: TableSheet, *, made_on: dt.date) -> bytes:
    """The bytes of the workbook, the same for the same table and day: sheets Summary and Table. Text is never a formula."""
    import xlsxwriter  # loads slowly

    output = io.BytesIO()
    with xlsxwriter.Workbook(output, SAFE) as book:
        book.set_properties({"title": sheet.title, "created": dt.datetime.combine(made_on, dt.time())})
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        summary = book.add_worksheet("Summary")
        summary.set_column(0, 0, WIDE)
        summary.set_column(1, 2, WIDE // 2)
        lines: list[tuple[str, ...]] = [(sheet.title,), (sheet.sentence,), (), *sheet.facts, ()]
        lines += [(remark,) for remark in sheet.notes]
        for line_index, line in enumerate(lines):
            for column, text in enumerate(line):
                summary.write_string(line_index, column, text[:LONGEST], bold if line_index == 0 else wrap)
        table = book.add_worksheet("Table")
        _fill(book, table, sheet)
        for worksheet in (summary, table):
            worksheet.set_landscape()
            worksheet.fit_to_pages(1, 0)
    return output.getvalue()
