"""Reports: all of them at a glance, one with its table, those of one search, and every table as CSV."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from recruiter.policy.permissions import Permission
from recruiter.reports import printing
from recruiter.reports.shapes import Report
from recruiter.requisitions.models import Requisition
from recruiter.web import guard
from recruiter.web.reports import of_search, pages
from recruiter.web.reports.area import blueprint

__all__ = ["blueprint"]


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


@blueprint.get("/requisitions/<requisition_ref>/report")
@guard.needs(Permission.FINALISTS_READ)
def of_requisition(requisition: Requisition) -> Any:
    """The report of one search: funnel, time in stage, sources, losses, promises."""
    return render_template("reports/of_requisition.html", page=of_search.page(requisition))


@blueprint.get("/requisitions/<requisition_ref>/report/<report>/table.csv")
@guard.needs(Permission.FINALISTS_READ)
def table_of_requisition(requisition: Requisition, report: str) -> Any:
    """One table of the report of a search. It names no candidate."""
    return _file(of_search.made(requisition, report), f"{requisition.key}-{report}")


@blueprint.get("/reports/<report>/table.csv")
@guard.needs(Permission.REPORT_READ)
def table(report: str) -> Any:
    """The table of a report. It names no candidate."""
    made = pages.made(report)
    return _file(made, made.name)


def _file(made: Report, name: str) -> Response:
    answer = Response(printing.as_csv(made), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{guard.today():%Y-%m-%d}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
