"""What every report is made of: what was asked, and the frozen rows that table, chart and CSV are printed from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.foundation.calendar import WEEKDAYS

Cell = str | int | float | None


@dataclass(frozen=True)
class ReportRequest:
    """What a report looks at: the searches within sight, since which day (None: always), of which team ("": all).

    `by_stage` takes the stages by their own names, for one search; else stages are taken together by kind. `pay` shows what tells of pay.
    """

    session: Session
    within: Select[int]
    now: dt.datetime
    zone: dt.tzinfo
    since: dt.date | None = None
    team: str = ""
    by_stage: bool = False
    pay: bool = False

    @property
    def today(self) -> dt.date:
        """The day on which the report is made, in the company's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def moment(self) -> Moment:
        """When the report is made, for queries of other rooms; working days do not count in any of them."""
        return Moment(now=self.now, zone=self.zone, calendar=WEEKDAYS)

    @property
    def start(self) -> dt.datetime:
        """The moment from which things count."""
        if self.since is None:
            return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return dt.datetime.combine(self.since, dt.time(), tzinfo=self.zone)


@dataclass(frozen=True)
class Figure:
    """One number in words, what it counts, and of how many."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar of the chart: `count` of `of`, or, where `of` is missing, against the longest bar."""

    label: str
    count: float
    text: str
    total: float | None = None
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """One column of the table: the key of the CSV, the words of the page, and whether it holds figures."""

    key: str
    label: str
    figures: bool = False


@dataclass(frozen=True)
class Report:
    """One report. `finding` is its one sentence, `n` what it stands on, `caution` says plainly where that is little."""

    name: str
    title: str
    question: str
    finding: str
    n: int
    counted: str
    caution: str
    figures: tuple[Figure, ...]
    chart: str
    bars: tuple[Bar, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rules: tuple[str, ...]
    by_period: bool = True

    @property
    def longest(self) -> float:
        """What a bar without a whole of its own is drawn against."""
        return max((bar.total or bar.count for bar in self.bars), default=0) or 1
