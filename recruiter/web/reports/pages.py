"""What the pages of reports show: period and team from the address, figures, bars, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.database.scope import Scope
from recruiter.policy import scopes
from recruiter.reports import catalogue, scope
from recruiter.reports.types import Bar, Report, ReportRequest
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.request import guard

LONGEST_TEAM = 500
LEADS_TO = ("reports.show", "reports.table", "reports.workbook")  # the page, the CSV and the workbook of a report


@dataclass(frozen=True)
class ViewLink:
    """A narrower view as a link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class DrawnBar:
    """A bar as the page draws it: how much of its whole is filled, and how long that whole is, in percent."""

    bar: Bar
    width: float
    whole: float


@dataclass(frozen=True)
class ReportView:
    """A report with where it leads."""

    report: Report
    href: str
    csv: str
    xlsx: str

    @property
    def bars(self) -> list[DrawnBar]:
        """Its bars with their lengths."""
        wholes = [(bar, bar.total or bar.count) for bar in self.report.bars]
        return [
            DrawnBar(bar, 100 * bar.count / (whole or 1), 100 * whole / self.report.longest) for bar, whole in wholes
        ]


@dataclass(frozen=True)
class ReportsPage:
    """All reports in a view, or one of them, and the links to other views."""

    title: str
    breadcrumbs: Crumbs
    reports: list[ReportView]
    periods: list[ViewLink]
    teams: list[ViewLink]
    view: str
    left_out: int


@dataclass(frozen=True)
class View:
    """What the address asks for: a period, and a team where it is one of those within sight."""

    within: Scope
    period: scope.Period
    team: str
    all_teams: list[str]

    def report_request(self) -> ReportRequest:
        """What is counted in this view."""
        return scope.request_for(
            db.session(), viewer=guard.actor(), within=self.within, moment=guard.act(),
            period=self.period, team=self.team,
        )  # fmt: skip

    def address(
        self, endpoint: str, report: str | None = None, *, period: scope.Period | None = None, team: str | None = None
    ) -> str:
        """The address of a page in this view, or in one of another period or team; what is usual is left out."""
        period, team = period or self.period, self.team if team is None else team
        key = None if period == scope.WINDOWS[0] else period.key
        return url_for(endpoint, period=key, team=team or None, report=report)

    def page(self, title: str, reports: Sequence[Report], *, name: str | None = None) -> ReportsPage:
        """A page of reports, or of the one of that name. Where none of them looks at a period, none is offered."""
        endpoint = "reports.show" if name else "reports.index"
        by_period = any(report.by_period for report in reports)
        reach = "All time" if self.period.days is None else f"The last {self.period.label}"
        periods = [
            ViewLink(period.label, self.address(endpoint, name, period=period), period == self.period)
            for period in scope.WINDOWS
        ]
        teams = [
            ViewLink(team or "All teams", self.address(endpoint, name, team=team), team == self.team)
            for team in ("", *self.all_teams)
        ]
        return ReportsPage(
            title=title,
            breadcrumbs=[("Reports", self.address("reports.index")), (title, None)] if name else [],
            reports=[ReportView(each, *(self.address(leads, each.name) for leads in LEADS_TO)) for each in reports],
            periods=periods if by_period else [],
            teams=teams,
            view=f"{reach if by_period else 'As of today'}, {self.team or 'all teams'}",
            left_out=scope.hidden_requisitions(db.session(), viewer=guard.actor(), within=self.within),
        )


def _view() -> View:
    within = scopes.searches(guard.actor())
    teams, team = scope.teams(db.session(), within=within), request.args.get("team", "")[:LONGEST_TEAM]
    return View(within, scope.period_named(request.args.get("period")), team if team in teams else "", teams)


def report_named(name: str) -> Report:
    """One report in the view of the address. Raises NotFound."""
    return catalogue.report_named(name, _view().report_request())


def index() -> ReportsPage:
    """All reports in the view of the address; the number of statements is fixed."""
    view = _view()
    return view.page("Reports", catalogue.all_reports(view.report_request()))


def show(name: str) -> ReportsPage:
    """One report in the view of the address. Raises NotFound."""
    view = _view()
    report = catalogue.report_named(name, view.report_request())
    return view.page(report.title, [report], name=name)
