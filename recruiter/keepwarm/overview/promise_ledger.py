"""The promise ledger: what became of each promise, whether they were told before or after, and the rate by person and team."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm.models.records import Promise, PromiseState, Touchpoint
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
class LedgerEntry:
    """One promise of the ledger."""

    promise: Promise
    outcome: Outcome

    @property
    def application(self) -> Application:
        """Whom it was made to, on which search."""
        return self.promise.application


@dataclass(frozen=True)
class Tally:
    """Promises of one person or team by what became of them; those still open say nothing yet."""

    name: str
    kept_count: int
    renewed: int
    told_after: int
    broken: int
    open: int

    @property
    def settled(self) -> int:
        """How many were kept or broken: what the rate is of. A renewed one passes its date to its successor."""
        return self.kept_count + self.told_after + self.broken

    @property
    def rate(self) -> float | None:
        """The share that was kept, 0 to 1; None where none has fallen due."""
        return self.kept_count / self.settled if self.settled else None


def outcome(*, state: PromiseState, due_on: dt.date, today: dt.date, told_on: dt.date | None) -> Outcome:
    """What became of a promise; `told_on` is the last day on which they heard from us or we made them another promise."""
    state_today = next_contact.promise_state(state, due_on=due_on, today=today)
    if state_today == PromiseState.BROKEN:
        return Outcome.TOLD_AFTER if told_on is not None and told_on > due_on else Outcome.BROKEN
    if state_today == PromiseState.OPEN:
        return Outcome.DUE if due_on == today else Outcome.OPEN
    return Outcome(state_today.value)


def entries(session: Session, *, searches: Scope, moment: Moment, since: dt.date) -> list[LedgerEntry]:
    """Every promise on these searches that fell due since a day or is still open, the latest due first; four statements at most."""
    statement = (
        select(Promise)
        .join(Promise.application)
        .where(searches.contains(Application.requisition_id), Promise.due_on >= since)
        .options(
            joinedload(Promise.made_by),
            contains_eager(Promise.application).joinedload(Application.candidate),
            contains_eager(Promise.application).joinedload(Application.requisition),
        )
        .order_by(Promise.due_on.desc(), Promise.id.desc())
    )
    promises = list(session.scalars(statement))
    heard = (
        select(Touchpoint.application_id, func.max(Touchpoint.at))
        .join(Application, Application.id == Touchpoint.application_id)
        .where(searches.contains(Application.requisition_id), Touchpoint.reaches_candidate)
        .group_by(Touchpoint.application_id)
    )
    heard_at = dict(session.execute(heard).all())
    moves = rescheduled_promises.of_searches(session, searches)
    for promise in promises:
        if promise.id not in moves.successors and promise.renews_id not in moves.undone:
            last = heard_at.get(promise.application_id, promise.made_at)
            heard_at[promise.application_id] = max(last, promise.made_at)

    def day(promise: Promise, at: dt.datetime) -> dt.date:
        return promise_zone.local_date(promise.zone, moment=replace(moment, now=at))

    untold = rescheduled_promises.untold_promises(session, promises, moves=moves, day=day)

    def outcome_of(promise: Promise) -> Outcome:
        if promise.id in untold:
            return Outcome.MOVED
        if promise.state == PromiseState.OPEN and promise.application.status == ApplicationStatus.WITHDRAWN:
            return Outcome.VOID
        at = heard_at.get(promise.application_id)
        told_on, local_today = day(promise, at) if at else None, day(promise, moment.now)
        return outcome(state=promise.state, due_on=promise.due_on, today=local_today, told_on=told_on)

    return [LedgerEntry(promise, outcome_of(promise)) for promise in promises]


def _by(entries: Sequence[LedgerEntry], key: Callable[[LedgerEntry], str]) -> list[Tally]:
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for entry in entries:
        counts[key(entry)][entry.outcome] += 1
    return [
        Tally(
            name,
            kept_count=count[Outcome.KEPT],
            renewed=count[Outcome.RENEWED],
            told_after=count[Outcome.TOLD_AFTER],
            broken=count[Outcome.BROKEN],
            open=count[Outcome.OPEN] + count[Outcome.DUE],
        )
        for name, count in sorted(counts.items(), key=lambda item: item[0].casefold())
    ]


def by_person(entries: Sequence[LedgerEntry]) -> list[Tally]:
    """The rate of everybody who promised something, by name."""
    return _by(entries, lambda entry: entry.promise.made_by.name)


def by_team(entries: Sequence[LedgerEntry]) -> list[Tally]:
    """The rate of each team of those who promised."""
    return _by(entries, lambda entry: entry.promise.made_by.team or NO_TEAM)


def count_kept(session: Session, *, searches: Scope, moment: Moment, since: dt.date) -> tuple[int, int]:
    """How many promises that fell due since a day were kept, and of how many; one statement whatever their number."""
    statement = (
        select(Promise.state, Promise.due_on, Promise.zone, func.count())
        .join(Application, Application.id == Promise.application_id)
        .where(
            searches.contains(Application.requisition_id),
            Promise.due_on >= since,
            or_(Promise.state != PromiseState.OPEN, Application.status != ApplicationStatus.WITHDRAWN),
        )
        .group_by(Promise.state, Promise.due_on, Promise.zone)
    )
    counts: Counter[PromiseState] = Counter()
    for state, due_on, zone, count in session.execute(statement):
        local_today = promise_zone.local_date(zone, moment=moment)
        counts[next_contact.promise_state(state, due_on=due_on, today=local_today)] += count
    return counts[PromiseState.KEPT], counts[PromiseState.KEPT] + counts[PromiseState.BROKEN]
