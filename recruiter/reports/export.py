"""A report as CSV (UTF-8, guarded against formulas), as a workbook, and for a client of the API."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from recruiter.documents.xlsx import table_workbook
from recruiter.foundation.files import csvs
from recruiter.reports.types import Report


def as_csv(report: Report) -> str:
    """The table of a report; the same rows as the page."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.key for column in report.columns])
    writer.writerows([["" if cell is None else csvs.guarded(cell) for cell in row] for row in report.rows])
    return out.getvalue()


def as_xlsx(report: Report, *, made_on: dt.date) -> bytes:
    """A report as a workbook: its sentence, figures with their n and rules, and the rows with figures as numbers."""
    facts = [(one.label, one.value, one.note) for one in report.figures]
    heads = [one.label for one in report.columns]
    notes = [one for one in (report.caution, *report.rules) if one]
    table = table_workbook.Sheet(
        report.title, report.finding, [("n", str(report.n), ""), *facts], heads, report.rows, notes
    )
    return table_workbook.render(table, made_on=made_on)


def as_values(report: Report) -> dict[str, Any]:
    """The report for a client of the API: its figures in words, and each row as an object."""
    keys = [column.key for column in report.columns]
    return {
        "name": report.name,
        "title": report.title,
        "finding": report.finding,
        "n": report.n,
        "caution": report.caution,
        "figures": [{"label": one.label, "value": one.value, "note": one.note} for one in report.figures],
        "items": [dict(zip(keys, row, strict=True)) for row in report.rows],
        "rules": list(report.rules),
    }
