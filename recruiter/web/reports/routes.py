"""Reports: all of them at a glance, one with its table, and that table as CSV or as a workbook."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from recruiter.policy.permissions import Permission
from recruiter.reports import printing
from recruiter.web import guard
from recruiter.web.reports import pages
from recruiter.web.reports.area import blueprint

__all__ = ["blueprint"]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/reports")
@guard.needs(Permission.REPORT_READ)
def index() -> Any:
    """Every report with its first figures, for a period and a team."""
    return render_template("reports/index.html", page=pages.index())


@blueprint.get("/reports/<report>")
@guard.needs(Permission.REPORT_READ)
def show(report: str) -> Any:
    """One report: figures with their n, chart, table, how it is counted."""
    return render_template("reports/show.html", page=pages.show(report))


@blueprint.get("/reports/<report>/table.csv")
@guard.needs(Permission.REPORT_READ)
def table(report: str) -> Any:
    """The table of a report. It names no candidate."""
    made = pages.made(report)
    answer = Response(printing.as_csv(made), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}-{guard.today():%Y-%m-%d}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/reports/<report>/table.xlsx")
@guard.needs(Permission.REPORT_READ)
def workbook(report: str) -> Any:
    """A report as a workbook: its sentence, its figures and its rows. It names no candidate."""
    made = pages.made(report)
    answer = Response(printing.as_xlsx(made, made_on=guard.today()), mimetype=WORKBOOK)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}-{guard.today():%Y-%m-%d}.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
