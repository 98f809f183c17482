"""A report as CSV: UTF-8, a header row of the column keys, every text cell guarded against formulas."""

from __future__ import annotations

import csv
import io
from typing import Any

from recruiter.foundation import csvs
from recruiter.reports.shapes import Report


def as_csv(report: Report) -> str:
    """The table of a report; the same rows as the page."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.key for column in report.columns])
    writer.writerows([["" if cell is None else csvs.guarded(cell) for cell in row] for row in report.rows])
    return out.getvalue()


def as_values(report: Report) -> dict[str, Any]:
    """The report for a client of the API: its figures in words, and each row as an object."""
    keys = [column.key for column in report.columns]
    return {
        "name": report.name,
        "title": report.title,
        "n": report.n,
        "caution": report.caution,
        "figures": [{"label": one.label, "value": one.value, "note": one.note} for one in report.figures],
        "items": [dict(zip(keys, row, strict=True)) for row in report.rows],
        "rules": list(report.rules),
    }
