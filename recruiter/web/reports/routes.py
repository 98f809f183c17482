"""Reports: all of them at a glance, one with its table, those of one search; every table as CSV, reports as workbooks."""

from __future__ import annotations

from flask import Response, render_template

from recruiter.policy.permissions import Permission
from recruiter.reports import catalogue, export
from recruiter.reports.types import Report
from recruiter.requisitions.models import Requisition
from recruiter.web.reports import pages, requisition_report
from recruiter.web.reports.area import blueprint
from recruiter.web.request import guard, step_up

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.page("/reports", Permission.REPORT_READ)
def index() -> str:
    """Every report with its first figures, for a period and a team."""
    return render_template("reports/index.html", page=pages.index())


@blueprint.page("/reports/<report>", Permission.REPORT_READ)
def show(report: str) -> str:
    """One report: figures with their n, chart, table, how it is counted."""
    return render_template("reports/show.html", page=pages.show(report))


@blueprint.page("/requisitions/<requisition_ref>/report", Permission.FINALISTS_READ)
def of_requisition(requisition: Requisition) -> str:
    """The report of one search: funnel, time in stage, sources, losses, promises."""
    return render_template("reports/of_requisition.html", page=requisition_report.page(requisition))


@blueprint.page("/requisitions/<requisition_ref>/report/<report>/table.csv", Permission.FINALISTS_READ)
def table_of_requisition(requisition: Requisition, report: str) -> Response:
    """One table of the report of a search. It names no candidate."""
    data = requisition_report.report_named(requisition, report)
    return _file(export.as_csv(data), f"{requisition.key}-{report}", "csv", "text/csv")


@blueprint.page("/requisitions/<requisition_ref>/report/<report>/table.xlsx", Permission.FINALISTS_READ)
def workbook_of_requisition(requisition: Requisition, report: str) -> Response:
    """One report of a search as a workbook. It names no candidate."""
    return _workbook(requisition_report.report_named(requisition, report), f"{requisition.key}-{report}")


def _ask_before_pay(report: str) -> Response | None:
    """Ask who somebody is before a file with pay is handed to them; None for all other reports and readers."""
    return step_up.ask() if report in catalogue.OF_PAY and guard.actor().pay_view else None


@blueprint.page("/reports/<report>/table.csv", Permission.REPORT_READ)
def table(report: str) -> Response:
    """The table of a report. It names no candidate."""
    if (question := _ask_before_pay(report)) is not None:
        return question
    data = pages.report_named(report)
    return _file(export.as_csv(data), data.name, "csv", "text/csv")


@blueprint.page("/reports/<report>/table.xlsx", Permission.REPORT_READ)
def workbook(report: str) -> Response:
    """A report as a workbook: its sentence, its figures and its rows. It names no candidate."""
    if (question := _ask_before_pay(report)) is not None:
        return question
    data = pages.report_named(report)
    return _workbook(data, data.name)


def _workbook(report: Report, name: str) -> Response:
    return _file(export.as_xlsx(report, made_on=guard.today()), name, "xlsx", WORKBOOK)


def _file(content: str | bytes, name: str, ending: str, kind: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{guard.today():%Y-%m-%d}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
