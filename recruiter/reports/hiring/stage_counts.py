"""How many came how far, and how long each stay took, of a whole company: counted by the database.

Nearly everybody goes forward only, and their ways are counted as they stand. Who ever went back, or came to the same step
again, is walked through one by one, since a slip that was taken back within a day is no step (`stage_transitions`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Integer, Subquery, case, func, select

from recruiter.foundation.database.db import Instant
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange
from recruiter.reports.hiring import stage_transitions
from recruiter.reports.hiring.stage_transitions import KINDS, StagePath, StageStep, Stay
from recruiter.reports.types import ReportRequest
from recruiter.requisitions.models import Stage

AT_ONCE = 5000  # rows that are held at a time
STEPS = [StageStep(place, label) for place, label in enumerate(KINDS.values())]


@dataclass(frozen=True)
class FunnelCounts:
    """To which steps anybody came, how many came to each as their furthest, and how many stand there now."""

    steps: set[StageStep] = field(default_factory=set)
    furthest: Counter[StageStep] = field(default_factory=Counter)
    here_now: Counter[StageStep] = field(default_factory=Counter)


def _changes(request: ReportRequest) -> Subquery:
    """Every change of those who applied in the period, with the step before it and the moment of the next."""
    place = case({kind: number for number, kind in enumerate(KINDS)}, value=Stage.kind)
    of, by = StageChange.application_id, StageChange.id
    query = (
        select(
            StageChange.id,
            StageChange.application_id,
            place.label("place"),
            func.lag(place, type_=Integer).over(partition_by=of, order_by=by).label("before"),
            StageChange.moved_at,
            func.lead(StageChange.moved_at, type_=Instant).over(partition_by=of, order_by=by).label("left_at"),
            (Application.status == ApplicationStatus.ACTIVE).label("active"),
            Application.ended_at,
        )
        .join(Stage, Stage.id == StageChange.to_stage_id)
        .join(Application, Application.id == StageChange.application_id)
        .where(request.within.contains(Application.requisition_id))
    )
    if request.since is not None:
        query = query.where(Application.applied_on >= request.since)
    return query.subquery("change")


def _went_back(change: Subquery) -> ColumnElement[int]:
    return func.max(case((change.c.place <= change.c.before, 1), else_=0), type_=Integer)


def funnel_counts(request: ReportRequest) -> FunnelCounts:
    """How many came how far: one statement, and one more for those who went back."""
    counts, change = FunnelCounts(), _changes(request)
    if request.by_stage:
        return _walked_through(counts, stage_transitions.stage_paths(request))
    # who goes forward only comes to each step once, so that the sum of their powers of two says which these were
    steps = func.sum(case({place: 2**place for place in range(len(STEPS))}, value=change.c.place), type_=Integer)
    way = select(steps.label("steps"), change.c.active, _went_back(change).label("went_back"))
    each = way.group_by(change.c.application_id, change.c.active).subquery()
    ways = select(each.c.steps, each.c.active, func.count()).where(each.c.went_back == 0)
    for mask, active, number in request.session.execute(ways.group_by(each.c.steps, each.c.active)):
        passed = [step for step in STEPS if mask & 2**step.place]
        counts.steps.update(passed)
        counts.furthest[passed[-1]] += number
        counts.here_now[passed[-1]] += number if active else 0
    back = select(change.c.application_id).where(change.c.place <= change.c.before)
    return _walked_through(counts, stage_transitions.stage_paths(request, among=back))


def _walked_through(counts: FunnelCounts, paths: Iterable[StagePath]) -> FunnelCounts:
    for path in paths:
        counts.steps.update(step for step, _ in path.entries)
        counts.furthest[path.furthest] += 1
        counts.here_now[path.entries[-1][0]] += path.active
    return counts


def stays(request: ReportRequest) -> Iterator[Stay]:
    """From when until when each application stood in each step, None where it still stands there. One statement, few rows at a time."""
    if request.by_stage:
        for path in stage_transitions.stage_paths(request):
            yield from path.stays
        return
    change = _changes(request)
    ways_back: dict[int, list[tuple[int, StageStep, dt.datetime]]] = defaultdict(list)
    ends: dict[int, tuple[bool, dt.datetime | None]] = {}
    columns = change.c.id, change.c.application_id, change.c.place, change.c.moved_at, change.c.left_at
    went_back = _went_back(change).over(partition_by=change.c.application_id)
    query = select(*columns, change.c.active, change.c.ended_at, went_back).execution_options(yield_per=AT_ONCE)
    for number, application_id, place, since, left_at, active, ended_at, back in request.session.execute(query):
        if back:
            ways_back[application_id].append((number, STEPS[place], since))
            ends[application_id] = active, ended_at
        elif left_at or ended_at or active:
            yield STEPS[place], since, left_at or (None if active else ended_at)
    for application_id, changes in ways_back.items():
        active, ended_at = ends[application_id]
        entries = [(step, at) for _, step, at in sorted(changes)]
        yield from StagePath.of(entries, active=active, ended_at=ended_at).stays
