"""The report of one search as its tab shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.reports import rules
from recruiter.reports.hiring import requisition_report
from recruiter.reports.types import Asked, Report
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
    shown: list[pages.Shown]
    applied: str
    starts_at: int
    owes: bool


def _asked(requisition: Requisition) -> Asked:
    return requisition_report.asked_of(
        db.session(), requisition, viewer=guard.actor(), now=guard.now(), zone=guard.configured().zone
    )


def made(requisition: Requisition, name: str) -> Report:
    """One report of a search. Raises NotFound."""
    if name not in requisition_report.OF_SEARCH:
        raise NotFound
    return requisition_report.OF_SEARCH[name](_asked(requisition))


def page(requisition: Requisition) -> SearchReportPage:
    """The reports of a search; the number of statements is fixed."""
    session = db.session()
    owes = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    applied = requisition_report.applied(session, requisition)
    enough = applied >= requisition_report.STARTS_AT and not owes
    shown = [_shown(one, requisition) for one in requisition_report.every(_asked(requisition))] if enough else []
    return SearchReportPage(
        f"Report: {requisition.title}",
        requisition,
        crumbs.of_requisition(requisition, "Report"),
        tabs.requisition_tabs(requisition, "report"),
        shown,
        rules.plural(applied, "application"),
        requisition_report.STARTS_AT,
        owes,
    )


def _shown(report: Report, requisition: Requisition) -> pages.Shown:
    about: dict[str, Any] = {"requisition_ref": requisition.key, "report": report.name}
    csv, xlsx = url_for("reports.table_of_requisition", **about), url_for("reports.workbook_of_requisition", **about)
    return pages.Shown(report, f"#{report.name}", csv, xlsx, pages.drawn(report))
