"""The promise ledger: what became of each promise, whether they were told before or after, and the rate by person and team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from recruiter.keepwarm.models.records import Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.keepwarm.overview import rescheduled_promises
from recruiter.keepwarm.schedule import next_contact, promise_zone
from recruiter.pipeline.models import Application, ApplicationStatus

NO_TEAM = "No team"


class Outcome(StrEnum):
    """What became of a promise, as the dates tell it; `void` where they went on their own and nobody waits any more.

    `moved` is the date that a promotion moved while nobody has told them: it counts nowhere.
    """

    OPEN = "open"
    DUE = "due"
    KEPT = "kept"
    RENEWED = "renewed"
    TOLD_AFTER = "told_after"
    BROKEN = "broken"
    VOID = "void"
    MOVED = "moved"


@dataclass(frozen=True)
class Entry:
    """One promise of the ledger."""

    promise: Promise
    application: Application
    outcome: Outcome


@dataclass(frozen=True)
class Tally:
    """Promises of one person or team by what became of them; those still open say nothing yet."""

    name: str
    kept: int = 0
    renewed: int = 0
    told_after: int = 0
    broken: int = 0
    open: int = 0

    @property
    def settled(self) -> int:
        """How many were kept or broken: what the rate is of. A renewed one passes its date to its successor."""
        return self.kept + self.told_after + self.broken

    @property
    def rate(self) -> float | None:
        """The share that was kept, 0 to 1; None where none has fallen due."""
        return self.kept / self.settled if self.settled else None


def outcome(*, state: PromiseState, due_on: dt.date, today: dt.date, told_on: dt.date | None) -> Outcome:
    """What became of a promise; `told_on` is the last day on which they heard from us or we made them another promise."""
    reads = next_contact.promise_state(state, due_on=due_on, today=today)
    if reads == PromiseState.BROKEN:
        return Outcome.TOLD_AFTER if told_on is not None and told_on > due_on else Outcome.BROKEN
    if reads == PromiseState.OPEN:
        return Outcome.DUE if due_on == today else Outcome.OPEN
    return Outcome(reads.value)


def entries(
    session: Session, *, searches: Select[int], now: dt.datetime, zone: dt.tzinfo, since: dt.date
) -> list[Entry]:
    """Every promise on these searches that fell due since a day or is still open, the latest due first; four statements at most."""
    wanted = (
        select(Promise, Application)
        .join(Application, Application.id == Promise.application_id)
        .where(Application.requisition_id.in_(searches), Promise.due_on >= since)
        .options(joinedload(Promise.made_by), joinedload(Application.candidate), joinedload(Application.requisition))
        .order_by(Promise.due_on.desc(), Promise.id.desc())
    )
    rows = [(one, application) for one, application in session.execute(wanted)]
    spoken = or_(
        Touchpoint.direction == Direction.TO,
        Touchpoint.kind == TouchKind.CALL,
        Touchpoint.channel.in_(next_contact.TWO_WAY_CHANNELS),
    )
    heard = (
        select(Touchpoint.application_id, func.max(Touchpoint.at))
        .join(Application, Application.id == Touchpoint.application_id)
        .where(Application.requisition_id.in_(searches), spoken)
        .group_by(Touchpoint.application_id)
    )
    told: dict[int, dt.datetime] = {row[0]: row[1] for row in session.execute(heard)}
    moves = rescheduled_promises.of_searches(session, searches)
    for one, _ in rows:
        if one.id not in moves.successors and one.renews_id not in moves.undone:
            told[one.application_id] = max(told.get(one.application_id, one.made_at), one.made_at)

    def day(one: Promise, at: dt.datetime) -> dt.date:
        return promise_zone.day_there(one.zone, now=at, today=at.astimezone(zone).date())

    silent = rescheduled_promises.silent(session, [one for one, _ in rows], moves=moves, spoken=spoken, day=day)
    found = []
    for one, application in rows:
        at, there = told.get(one.application_id), day(one, now)
        told_on = day(one, at) if at else None
        became = outcome(state=one.state, due_on=one.due_on, today=there, told_on=told_on)
        if one.state == PromiseState.OPEN and application.status == ApplicationStatus.WITHDRAWN:
            became = Outcome.VOID
        if one.id in silent:
            became = Outcome.MOVED
        found.append(Entry(one, application, became))
    return found


def _tally(name: str, inside: Iterable[Entry]) -> Tally:
    counts = dict.fromkeys(Outcome, 0)
    for one in inside:
        counts[one.outcome] += 1
    still = counts[Outcome.OPEN] + counts[Outcome.DUE]
    return Tally(
        name, counts[Outcome.KEPT], counts[Outcome.RENEWED], counts[Outcome.TOLD_AFTER], counts[Outcome.BROKEN], still
    )


def _by(found: Sequence[Entry], key: Callable[[Entry], str]) -> list[Tally]:
    groups: dict[str, list[Entry]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return [_tally(name, groups[name]) for name in sorted(groups, key=str.casefold)]


def by_person(found: Sequence[Entry]) -> list[Tally]:
    """The rate of everybody who promised something, by name."""
    return _by(found, lambda one: one.promise.made_by.name)


def by_team(found: Sequence[Entry]) -> list[Tally]:
    """The rate of each team of those who promised."""
    return _by(found, lambda one: one.promise.made_by.team or NO_TEAM)


def kept_of(
    session: Session, *, searches: Select[int], now: dt.datetime, zone: dt.tzinfo, since: dt.date
) -> tuple[int, int]:
    """How many promises that fell due since a day were kept, and of how many; one statement whatever their number."""
    wanted = (
        select(Promise.state, Promise.due_on, Promise.zone, func.count())
        .join(Application, Application.id == Promise.application_id)
        .where(
            Application.requisition_id.in_(searches),
            Promise.due_on >= since,
            or_(Promise.state != PromiseState.OPEN, Application.status != ApplicationStatus.WITHDRAWN),
        )
        .group_by(Promise.state, Promise.due_on, Promise.zone)
    )
    kept = settled = 0
    today = now.astimezone(zone).date()
    for state, due_on, place, count in session.execute(wanted):
        reads = next_contact.promise_state(
            state, due_on=due_on, today=promise_zone.day_there(place, now=now, today=today)
        )
        kept += count if reads == PromiseState.KEPT else 0
        settled += count if reads in {PromiseState.KEPT, PromiseState.BROKEN} else 0
    return kept, settled
