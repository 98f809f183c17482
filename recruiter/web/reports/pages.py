"""What the pages of reports show: period and team from the address, figures, bars, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from recruiter.foundation.database.db import db
from recruiter.policy import scopes
from recruiter.reports import catalogue, scope
from recruiter.reports.types import Asked, Bar, Report
from recruiter.web.request import guard

LONGEST_TEAM = 500


@dataclass(frozen=True)
class Choice:
    """A narrower view as a link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Drawn:
    """A bar as the page draws it: how much of its whole is filled, and how long that whole is, in percent."""

    bar: Bar
    width: float
    whole: float


@dataclass(frozen=True)
class Shown:
    """A report with where it leads."""

    report: Report
    href: str
    csv: str
    xlsx: str
    bars: list[Drawn]


@dataclass(frozen=True)
class IndexPage:
    """All reports."""

    title: str
    shown: list[Shown]
    periods: list[Choice]
    teams: list[Choice]
    view: str
    left_out: int


@dataclass(frozen=True)
class ReportPage:
    """One report."""

    title: str
    breadcrumbs: list[tuple[str, str | None]]
    one: Shown
    periods: list[Choice]
    teams: list[Choice]
    view: str
    left_out: int


@dataclass(frozen=True)
class View:
    """What the address asks for."""

    period: scope.Window
    team: str
    teams: list[str]

    def address(self, endpoint: str, **more: Any) -> str:
        """The address of a page in this view; what is usual is left out."""
        period = more.pop("period", self.period.key)
        team = more.pop("team", self.team)
        usual = scope.WINDOWS[0].key
        return url_for(endpoint, period=None if period == usual else period, team=team or None, **more)

    @property
    def words(self) -> str:
        """The view in words."""
        reach = "All time" if self.period.days is None else f"The last {self.period.label}"
        return f"{reach}, {self.team or 'all teams'}"


def _view() -> View:
    within = scopes.searches(guard.actor())
    teams = scope.teams(db.session(), within=within)
    team = request.args.get("team", "")[:LONGEST_TEAM]
    return View(scope.window(request.args.get("period")), team if team in teams else "", teams)


def _asked(view: View) -> Asked:
    actor = guard.actor()
    return scope.asked_by(
        db.session(), viewer=actor, within=scopes.searches(actor), now=guard.now(), zone=guard.configured().zone,
        period=view.period, team=view.team,
    )  # fmt: skip


def _left_out() -> int:
    actor = guard.actor()
    return scope.left_out(db.session(), viewer=actor, within=scopes.searches(actor))


def _choices(view: View, endpoint: str, **more: Any) -> tuple[list[Choice], list[Choice]]:
    periods = [
        Choice(one.label, view.address(endpoint, period=one.key, **more), one == view.period) for one in scope.WINDOWS
    ]
    teams = [Choice("All teams", view.address(endpoint, team="", **more), not view.team)]
    teams += [Choice(one, view.address(endpoint, team=one, **more), one == view.team) for one in view.teams]
    return periods, teams


def drawn(report: Report) -> list[Drawn]:
    """The bars of a report with their lengths."""
    return [
        Drawn(one, 100 * one.count / (one.of or one.count or 1), 100 * (one.of or one.count) / report.longest)
        for one in report.bars
    ]


def _shown(report: Report, view: View) -> Shown:
    return Shown(
        report,
        view.address("reports.show", report=report.name),
        view.address("reports.table", report=report.name),
        view.address("reports.workbook", report=report.name),
        drawn(report),
    )


def made(name: str) -> Report:
    """One report in the view of the address. Raises NotFound."""
    return catalogue.made(name, _asked(_view()))


def index() -> IndexPage:
    """All reports in the view of the address; the number of statements is fixed."""
    view = _view()
    periods, teams = _choices(view, "reports.index")
    shown = [_shown(one, view) for one in catalogue.every(_asked(view))]
    return IndexPage("Reports", shown, periods, teams, view.words, _left_out())


def show(name: str) -> ReportPage:
    """One report in the view of the address. Raises NotFound."""
    view = _view()
    report = catalogue.made(name, _asked(view))
    periods, teams = _choices(view, "reports.show", report=name)
    crumbs: list[tuple[str, str | None]] = [("Reports", view.address("reports.index")), (report.title, None)]
    words = view.words if report.by_period else f"As of today, {view.team or 'all teams'}"
    return ReportPage(
        report.title, crumbs, _shown(report, view), periods if report.by_period else [], teams, words, _left_out()
    )
