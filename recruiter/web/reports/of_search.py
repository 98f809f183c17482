"""The report of one search as its tab shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruiter.foundation.db import db
from recruiter.foundation.errors import NotFound
from recruiter.reports import one_search, rules
from recruiter.reports.shapes import Asked, Report
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web import crumbs, guard, tabs
from recruiter.web.reports import pages


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
    return one_search.asked_of(
        db.session(), requisition, viewer=guard.actor(), now=guard.now(), zone=guard.configured().zone
    )


def made(requisition: Requisition, name: str) -> Report:
    """One report of a search. Raises NotFound."""
    if name not in one_search.OF_SEARCH:
        raise NotFound
    return one_search.OF_SEARCH[name](_asked(requisition))


def page(requisition: Requisition) -> SearchReportPage:
    """The reports of a search; the number of statements is fixed."""
    session = db.session()
    owes = scorecards.owes_on(session, viewer=guard.actor(), requisition=requisition)
    applied = one_search.applied(session, requisition)
    enough = applied >= one_search.STARTS_AT and not owes
    shown = [_shown(one, requisition) for one in one_search.every(_asked(requisition))] if enough else []
    return SearchReportPage(
        f"Report: {requisition.title}",
        requisition,
        crumbs.of_requisition(requisition, "Report"),
        tabs.requisition_tabs(requisition, "report"),
        shown,
        rules.plural(applied, "application"),
        one_search.STARTS_AT,
        owes,
    )


def _shown(report: Report, requisition: Requisition) -> pages.Shown:
    about: dict[str, Any] = {"requisition_ref": requisition.key, "report": report.name}
    csv, xlsx = url_for("reports.table_of_requisition", **about), url_for("reports.workbook_of_requisition", **about)
    return pages.Shown(report, f"#{report.name}", csv, xlsx, pages.drawn(report))
