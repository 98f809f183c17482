"""The pieces that every report is built from, so that a column, a bar and a share are written alike everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recruiter.reports import rules
from recruiter.reports.types import Bar, Column, Figure

REQUISITION = {"requisition": "Requisition", "title": "Title", "team": "Team"}  # columns of most tables, in this order


@dataclass(frozen=True)
class Number:
    """The label of a column that holds figures."""

    label: str


def columns(labels: Mapping[str, str | Number]) -> tuple[Column, ...]:
    """The columns of a table: the key of the CSV, and how the page calls it."""
    return tuple(
        Column(key, label.label, figures=True) if isinstance(label, Number) else Column(key, label)
        for key, label in labels.items()
    )


def share_figure(label: str, count: int, n: int, note: str = "") -> Figure:
    """“3 of 7”, with the rate where there are enough."""
    return Figure(label, rules.share(count, n), note)


def count_bar(label: str, count: int, total: int, tone: str = "") -> Bar:
    """A bar that says its count, as part of a total."""
    return Bar(label, count, str(count), total or None, tone)
