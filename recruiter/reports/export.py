"""A report as CSV, as a workbook, and for a client of the API."""

from __future__ import annotations

import datetime as dt

from recruiter.documents.xlsx import table_workbook
from recruiter.foundation.files import csvs
from recruiter.foundation.json_types import JsonObject
from recruiter.reports.types import Report


def as_csv(report: Report) -> str:
    """The table of a report; the same rows as the page. A last line names rows that could not be read."""
    left_out = [(report.left_out,)] if report.left_out else []
    return csvs.text_of([column.key for column in report.columns], [*report.rows, *left_out])


def as_xlsx(report: Report, *, made_on: dt.date) -> bytes:
    """A report as a workbook: its sentence, figures with their n and rules, and the rows with figures as numbers."""
    figures = [(figure.label, figure.value, figure.note) for figure in report.figures]
    headings = [column.label for column in report.columns]
    notes = [note for note in (report.sample.caution, *report.rules) if note]
    table = table_workbook.TableSheet(
        report.title, report.finding, [("n", str(report.n), ""), *figures], headings, report.rows, notes
    )
    return table_workbook.render(table, made_on=made_on)


def as_values(report: Report) -> JsonObject:
    """The report for a client of the API: its figures in words, and each row as an object."""
    keys = [column.key for column in report.columns]
    return {
        "name": report.name,
        "title": report.title,
        "finding": report.finding,
        "n": report.n,
        "caution": report.sample.caution,
        "figures": [{"label": figure.label, "value": figure.value, "note": figure.note} for figure in report.figures],
        "items": [dict(zip(keys, row, strict=True)) for row in report.rows],
        "rules": list(report.rules),
    }
