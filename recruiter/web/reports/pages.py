"""What the pages of reports show: period and team from the address, figures, bars, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from recruiter.foundation.database.db import db
from recruiter.policy import scopes
from recruiter.reports import catalogue, scope
from recruiter.reports.types import Bar, Report, ReportRequest
from recruiter.web.request import guard

LONGEST_TEAM = 500


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
    bars: list[DrawnBar]


@dataclass(frozen=True)
class IndexPage:
    """All reports."""

    title: str
    reports: list[ReportView]
    periods: list[ViewLink]
    teams: list[ViewLink]
    view: str
    left_out: int


@dataclass(frozen=True)
class ReportPage:
    """One report."""

    title: str
    breadcrumbs: list[tuple[str, str | None]]
    report_view: ReportView
    periods: list[ViewLink]
    teams: list[ViewLink]
    view: str
    left_out: int


@dataclass(frozen=True)
class View:
    """What the address asks for."""

    period: scope.Period
    team: str
    teams: list[str]

    def address(self, endpoint: str, **more: Any) -> str:
        """The address of a page in this view; what is usual is left out."""
        period = more.pop("period", self.period.key)
        team = more.pop("team", self.team)
        usual = scope.WINDOWS[0].key
        return url_for(endpoint, period=None if period == usual else period, team=team or None, **more)

    @property
    def text(self) -> str:
        """The view in words."""
        reach = "All time" if self.period.days is None else f"The last {self.period.label}"
        return f"{reach}, {self.team or 'all teams'}"


def _view() -> View:
    within = scopes.searches(guard.actor())
    teams = scope.teams(db.session(), within=within)
    team = request.args.get("team", "")[:LONGEST_TEAM]
    return View(scope.period_named(request.args.get("period")), team if team in teams else "", teams)


def _report_request(view: View) -> ReportRequest:
    actor = guard.actor()
    return scope.request_for(
        db.session(), viewer=actor, within=scopes.searches(actor), moment=guard.act(),
        period=view.period, team=view.team,
    )  # fmt: skip


def _hidden_requisitions() -> int:
    actor = guard.actor()
    return scope.hidden_requisitions(db.session(), viewer=actor, within=scopes.searches(actor))


def _choices(view: View, endpoint: str, **query: Any) -> tuple[list[ViewLink], list[ViewLink]]:
    periods = [
        ViewLink(period.label, view.address(endpoint, period=period.key, **query), period == view.period)
        for period in scope.WINDOWS
    ]
    teams = [ViewLink("All teams", view.address(endpoint, team="", **query), not view.team)]
    teams += [ViewLink(team, view.address(endpoint, team=team, **query), team == view.team) for team in view.teams]
    return periods, teams


def drawn_bars(report: Report) -> list[DrawnBar]:
    """The bars of a report with their lengths."""
    return [
        DrawnBar(bar, 100 * bar.count / (bar.total or bar.count or 1), 100 * (bar.total or bar.count) / report.longest)
        for bar in report.bars
    ]


def _report_view(report: Report, view: View) -> ReportView:
    return ReportView(
        report,
        view.address("reports.show", report=report.name),
        view.address("reports.table", report=report.name),
        view.address("reports.workbook", report=report.name),
        drawn_bars(report),
    )


def report_named(name: str) -> Report:
    """One report in the view of the address. Raises NotFound."""
    return catalogue.report_named(name, _report_request(_view()))


def index() -> IndexPage:
    """All reports in the view of the address; the number of statements is fixed."""
    view = _view()
    periods, teams = _choices(view, "reports.index")
    reports = [_report_view(report, view) for report in catalogue.all_reports(_report_request(view))]
    return IndexPage("Reports", reports, periods, teams, view.text, _hidden_requisitions())


def show(name: str) -> ReportPage:
    """One report in the view of the address. Raises NotFound."""
    view = _view()
    report = catalogue.report_named(name, _report_request(view))
    periods, teams = _choices(view, "reports.show", report=name)
    crumbs: list[tuple[str, str | None]] = [("Reports", view.address("reports.index")), (report.title, None)]
    view_text = view.text if report.by_period else f"As of today, {view.team or 'all teams'}"
    return ReportPage(
        report.title,
        crumbs,
        _report_view(report, view),
        periods if report.by_period else [],
        teams,
        view_text,
        _hidden_requisitions(),
    )
