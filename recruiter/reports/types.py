"""What every report is made of: what was asked, and the frozen rows that table, chart and CSV are printed from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.foundation import wording
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.reports import rules

Cell = str | int | float | None


@dataclass(frozen=True)
class ReportRequest:
    """What a report looks at: the searches within sight, since which day (None: always), of which team ("": all).

    `by_stage` takes the stages by their own names, for one search; else stages are taken together by kind. `pay` shows what tells of pay.
    """

    session: Session
    within: Scope
    moment: Moment
    since: dt.date | None = None
    team: str = ""
    by_stage: bool = False
    pay: bool = False

    @property
    def start(self) -> dt.datetime:
        """The moment from which things count."""
        if self.since is None:
            return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return dt.datetime.combine(self.since, dt.time(), tzinfo=self.moment.zone)

    def day(self, instant: dt.datetime | None) -> str:
        """The company's day of an instant as tables and CSV hold it: 2026-11-18, nothing where there is none."""
        return self.moment.day_of(instant).isoformat() if instant else ""


@dataclass(frozen=True)
class Sample:
    """What a report stands on: `n` things, how they are called, and how its page counts them where that is longer."""

    n: int
    singular: str
    plural: str = ""
    counted_as: str = ""

    @property
    def counted(self) -> str:
        """“7 seats filled”."""
        return self.counted_as or wording.plural(self.n, self.singular, self.plural)

    @property
    def caution(self) -> str:
        """What to say where a report stands on little; nothing from 20 on."""
        return rules.caution(self.n, singular=self.singular, plural=self.plural)


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

    @property
    def is_requisition(self) -> bool:
        """Whether its cells are keys of requisitions, which pages link to their board."""
        return self.key == "requisition"


@dataclass(frozen=True)
class Report:
    """One report. `finding` is its one sentence, `sample` what it stands on, `left_out` which rows could not be read."""

    name: str
    title: str
    question: str
    finding: str
    sample: Sample
    figures: tuple[Figure, ...]
    chart: str
    bars: tuple[Bar, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rules: tuple[str, ...]
    by_period: bool = True
    left_out: str = ""

    @property
    def n(self) -> int:
        """On how many things the report stands."""
        return self.sample.n

    @property
    def longest(self) -> float:
        """What a bar without a whole of its own is drawn against."""
        return max((bar.total or bar.count for bar in self.bars), default=0) or 1
