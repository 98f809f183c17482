"""The report of one search as its tab shows it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.reports import catalogue, scope
from recruiter.reports.catalogue import OF_ONE_SEARCH
from recruiter.reports.types import Report, ReportRequest
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.reports.pages import ReportView
from recruiter.web.request import guard

STARTS_AT = 10  # applications: with fewer a chart says less than the board does


@dataclass(frozen=True)
class SearchReportPage:
    """All reports of one search; `reports` is empty while there are too few applications or a card is owed."""

    title: str
    requisition: Requisition
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    reports: list[ReportView]
    applied: str
    starts_at: int
    owes: bool


def _report_request(requisition: Requisition) -> ReportRequest:
    return scope.request_for_search(db.session(), requisition, viewer=guard.actor(), moment=guard.act())


def report_named(requisition: Requisition, name: str) -> Report:
    """One report of a search. Raises NotFound."""
    return catalogue.report_named(name, _report_request(requisition), among=OF_ONE_SEARCH)


def page(requisition: Requisition) -> SearchReportPage:
    """The reports of a search; the number of statements is fixed."""
    owes = scorecards.owes_on_search(db.session(), viewer=guard.actor(), requisition=requisition)
    count = scope.application_count(db.session(), requisition)
    enough = count >= STARTS_AT and not owes
    reports = catalogue.all_reports(_report_request(requisition), among=OF_ONE_SEARCH) if enough else []
    return SearchReportPage(
        title=f"Report: {requisition.title}",
        requisition=requisition,
        breadcrumbs=crumbs.of_requisition(requisition, "Report"),
        tabs=tabs.requisition_tabs(requisition, "report"),
        reports=[_report_view(report, requisition) for report in reports],
        applied=wording.plural(count, "application"),
        starts_at=STARTS_AT,
        owes=owes,
    )


def _report_view(report: Report, requisition: Requisition) -> ReportView:
    csv, xlsx = (
        url_for(endpoint, requisition_ref=requisition.key, report=report.name)
        for endpoint in ("reports.table_of_requisition", "reports.workbook_of_requisition")
    )
    return ReportView(report, f"#{report.name}", csv, xlsx)
