"""The report of one search as its tab shows it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.foundation.json_types import JsonObject
from recruiter.reports.hiring import requisition_report
from recruiter.reports.types import Report, ReportRequest
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.reports import pages
from recruiter.web.request import guard


@dataclass(frozen=True)
class SearchReportPage:
    """All reports of one search; `shown` is empty while there are too few applications or a card is owed."""

    title: str
    requisition: Requisition
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    reports: list[pages.ReportView]
    applied: str
    starts_at: int
    owes: bool


def _report_request(requisition: Requisition) -> ReportRequest:
    return requisition_report.request_for(db.session(), requisition, viewer=guard.actor(), moment=guard.act())


def report_named(requisition: Requisition, name: str) -> Report:
    """One report of a search. Raises NotFound."""
    if name not in requisition_report.REQUISITION_REPORTS:
        raise NotFound
    return requisition_report.REQUISITION_REPORTS[name](_report_request(requisition))


def page(requisition: Requisition) -> SearchReportPage:
    """The reports of a search; the number of statements is fixed."""
    session = db.session()
    owes = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    application_count = requisition_report.application_count(session, requisition)
    enough = application_count >= requisition_report.STARTS_AT and not owes
    reports = (
        [_report_view(report, requisition) for report in requisition_report.all_reports(_report_request(requisition))]
        if enough
        else []
    )
    return SearchReportPage(
        f"Report: {requisition.title}",
        requisition,
        crumbs.of_requisition(requisition, "Report"),
        tabs.requisition_tabs(requisition, "report"),
        reports,
        wording.plural(application_count, "application"),
        requisition_report.STARTS_AT,
        owes,
    )


def _report_view(report: Report, requisition: Requisition) -> pages.ReportView:
    address: JsonObject = {"requisition_ref": requisition.key, "report": report.name}
    csv, xlsx = (
        url_for("reports.table_of_requisition", **address),
        url_for("reports.workbook_of_requisition", **address),
    )
    return pages.ReportView(report, f"#{report.name}", csv, xlsx, pages.drawn_bars(report))
