"""The way of each application through the stages, as funnel and time in stage are counted from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Self

from sqlalchemy import Select, select

from recruiter.pipeline.models import Application, ApplicationStatus, StageChange
from recruiter.reports.types import ReportRequest
from recruiter.requisitions.models import Stage, StageKind

CORRECTION = dt.timedelta(days=1)
KINDS = {
    StageKind.APPLIED: "Applied",
    StageKind.SCREEN: "Screen",
    StageKind.INTERVIEW: "Interview",
    StageKind.FINAL: "Final",
    StageKind.OFFER: "Offer",
    StageKind.HIRED: "Hired",
}


@dataclass(frozen=True, order=True)
class StageStep:
    """A stage of one search, or a kind of stage over many: `place` orders them."""

    place: int
    label: str


Stay = tuple[StageStep, dt.datetime, dt.datetime | None]


@dataclass(frozen=True)
class StagePath:
    """The steps that one application came to, each with the moment, whether it goes on, and when it ended."""

    entries: tuple[tuple[StageStep, dt.datetime], ...]
    active: bool
    ended_at: dt.datetime | None = None

    @classmethod
    def of(cls, entries: list[tuple[StageStep, dt.datetime]], *, active: bool, ended_at: dt.datetime | None) -> Self:
        """The way from the steps as they were recorded, without what was a slip."""
        return cls(tuple(without_corrections(entries)), active, None if active else ended_at)

    @property
    def furthest(self) -> StageStep:
        """The last step that it came to, whatever happened then."""
        return max(step for step, _ in self.entries)

    @property
    def stays(self) -> list[Stay]:
        """From when until when it stood in each step; the last one is open while the application goes on.

        Who was hired stays where they are: that is no wait, and no stay.
        """
        closed = [(step, at, until) for (step, at), (_, until) in pairwise(self.entries)]
        last = [(*self.entries[-1], self.ended_at)] if self.active or self.ended_at else []
        return [*closed, *last]


def without_corrections(entries: list[tuple[StageStep, dt.datetime]]) -> list[tuple[StageStep, dt.datetime]]:
    """A step that was left backwards within a day was a slip; it and the way back are taken out. A second entry in a row is one stay."""
    corrected: list[tuple[StageStep, dt.datetime]] = []
    for step, at in entries:
        if corrected and step < corrected[-1][0] and at - corrected[-1][1] <= CORRECTION and len(corrected) > 1:
            corrected.pop()
        if not corrected or corrected[-1][0] != step:
            corrected.append((step, at))
    return corrected


def stage_paths(request: ReportRequest, *, among: Select[int] | None = None) -> list[StagePath]:
    """The ways of everybody who applied in the period, by kind of stage, or by stage where one search is asked for. One statement.

    `among` are the applications to look at, all where it is None.
    """
    query = (
        select(
            StageChange.application_id, StageChange.moved_at, Stage.kind, Stage.position, Stage.name,
            Application.status, Application.ended_at,
        )
        .join(Stage, Stage.id == StageChange.to_stage_id)
        .join(Application, Application.id == StageChange.application_id)
        .where(request.within.contains(Application.requisition_id))
        .order_by(StageChange.application_id, StageChange.id)
    )  # fmt: skip
    if request.since is not None:
        query = query.where(Application.applied_on >= request.since)
    if among is not None:
        query = query.where(StageChange.application_id.in_(among))
    order = list(KINDS)
    paths = []
    for _, rows in groupby(request.session.execute(query), key=lambda row: row[0]):
        changes = list(rows)
        steps = [
            StageStep(position, name) if request.by_stage else StageStep(order.index(kind), KINDS[kind])
            for _, _, kind, position, name, _, _ in changes
        ]
        entries = [(step, row[1]) for step, row in zip(steps, changes, strict=True)]
        status, ended_at = changes[0][5:7]
        paths.append(StagePath.of(entries, active=status == ApplicationStatus.ACTIVE, ended_at=ended_at))
    return paths
