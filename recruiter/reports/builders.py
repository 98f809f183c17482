"""The pieces that every report is built from, so that a column, a bar and a share are written alike everywhere."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from recruiter.foundation.json_types import JsonObject
from recruiter.reports import rules
from recruiter.reports.types import Bar, Cell, Column, Figure, Report, Sample
from recruiter.requisitions.models import Requisition

TEXTS = Path(__file__).with_name("texts.toml")


@cache
def _texts() -> JsonObject:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def report_on(
    name: str,
    *,
    finding: str,
    sample: Sample,
    figures: tuple[Figure, ...],
    bars: tuple[Bar, ...],
    rows: tuple[tuple[Cell, ...], ...],
    chart: str = "",
    by_period: bool = True,
    last_column: int | None = None,
) -> Report:
    """A report with what `texts.toml` says of it and of its columns, as far as `last_column`.

    `chart` says what the chart shows where that depends on the count.
    """
    texts = _texts()[name]
    columns = tuple(Column(key, label, figures=bool(kind)) for key, label, *kind in texts["columns"][:last_column])
    return Report(
        name, texts["title"], texts["question"], finding, sample, figures, chart or texts["chart"], bars, columns, rows,
        tuple(texts["rules"]), by_period,
    )  # fmt: skip


def requisition_cells(requisition: Requisition) -> tuple[str, str, str]:
    """What stands in the columns requisition, title and team of most tables, in this order."""
    return requisition.key, requisition.title, requisition.department


def share_figure(label: str, count: int, n: int, note: str = "") -> Figure:
    """“3 of 7”, with the rate where there are enough."""
    return Figure(label, rules.share(count, n), note)


def measure(
    label: str, value: float | None, show: Callable[[float], str], note: str = "", *, nothing: str = "none yet"
) -> Figure:
    """A measured value in words, or `nothing` where none was measured."""
    return Figure(label, nothing if value is None else show(value), note)


def count_bar(label: str, count: int, total: int, tone: str = "") -> Bar:
    """A bar that says its count, as part of a total."""
    return Bar(label, count, str(count), total or None, tone)


def count_bars(counts: Iterable[tuple[str, int]], total: int, tone: str = "") -> tuple[Bar, ...]:
    """A bar for each count, all of them parts of one total."""
    return tuple(count_bar(label, count, total, tone) for label, count in counts)


def share_bar(label: str, count: int, total: int, tone: str = "") -> Bar:
    """A bar that says its share of a total of its own."""
    return Bar(label, count, rules.share(count, total), total or None, tone)
