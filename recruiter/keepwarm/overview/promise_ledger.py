"""The promise ledger: what became of each promise, whether they were told before or after, and the rate by person and team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.act import Moment
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
    application: Application
    outcome: Outcome


@dataclass(frozen=True)
class Tally:
    """Promises of one person or team by what became of them; those still open say nothing yet."""

    name: str
    kept_count: int = 0
    renewed: int = 0
    told_after: int = 0
    broken: int = 0
    open: int = 0

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


def entries(session: Session, *, searches: Select[int], moment: Moment, since: dt.date) -> list[LedgerEntry]:
    """Every promise on these searches that fell due since a day or is still open, the latest due first; four statements at most."""
    statement = (
        select(Promise, Application)
        .join(Application, Application.id == Promise.application_id)
        .where(Application.requisition_id.in_(searches), Promise.due_on >= since)
        .options(joinedload(Promise.made_by), joinedload(Application.candidate), joinedload(Application.requisition))
        .order_by(Promise.due_on.desc(), Promise.id.desc())
    )
    rows = [(promise, application) for promise, application in session.execute(statement)]
    heard = (
        select(Touchpoint.application_id, func.max(Touchpoint.at))
        .join(Application, Application.id == Touchpoint.application_id)
        .where(Application.requisition_id.in_(searches), Touchpoint.reaches_candidate)
        .group_by(Touchpoint.application_id)
    )
    last_contacts: dict[int, dt.datetime] = {row[0]: row[1] for row in session.execute(heard)}
    moves = rescheduled_promises.of_searches(session, searches)
    for promise, _ in rows:
        if promise.id not in moves.successors and promise.renews_id not in moves.undone:
            last_contacts[promise.application_id] = max(
                last_contacts.get(promise.application_id, promise.made_at), promise.made_at
            )

    def day(promise: Promise, at: dt.datetime) -> dt.date:
        return promise_zone.local_date(promise.zone, moment=replace(moment, now=at))

    untold = rescheduled_promises.untold_promises(session, [promise for promise, _ in rows], moves=moves, day=day)
    entries_found = []
    for promise, application in rows:
        contact_at, local_today = last_contacts.get(promise.application_id), day(promise, moment.now)
        told_on = day(promise, contact_at) if contact_at else None
        promise_outcome = outcome(state=promise.state, due_on=promise.due_on, today=local_today, told_on=told_on)
        if promise.state == PromiseState.OPEN and application.status == ApplicationStatus.WITHDRAWN:
            promise_outcome = Outcome.VOID
        if promise.id in untold:
            promise_outcome = Outcome.MOVED
        entries_found.append(LedgerEntry(promise, application, promise_outcome))
    return entries_found


def _tally(name: str, inside: Iterable[LedgerEntry]) -> Tally:
    outcome_counts = dict.fromkeys(Outcome, 0)
    for entry in inside:
        outcome_counts[entry.outcome] += 1
    still_open = outcome_counts[Outcome.OPEN] + outcome_counts[Outcome.DUE]
    return Tally(
        name,
        outcome_counts[Outcome.KEPT],
        outcome_counts[Outcome.RENEWED],
        outcome_counts[Outcome.TOLD_AFTER],
        outcome_counts[Outcome.BROKEN],
        still_open,
    )


def _by(entries: Sequence[LedgerEntry], key: Callable[[LedgerEntry], str]) -> list[Tally]:
    groups: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return [_tally(name, groups[name]) for name in sorted(groups, key=str.casefold)]


def by_person(entries: Sequence[LedgerEntry]) -> list[Tally]:
    """The rate of everybody who promised something, by name."""
    return _by(entries, lambda entry: entry.promise.made_by.name)


def by_team(entries: Sequence[LedgerEntry]) -> list[Tally]:
    """The rate of each team of those who promised."""
    return _by(entries, lambda entry: entry.promise.made_by.team or NO_TEAM)


def count_kept(session: Session, *, searches: Select[int], moment: Moment, since: dt.date) -> tuple[int, int]:
    """How many promises that fell due since a day were kept, and of how many; one statement whatever their number."""
    statement = (
        select(Promise.state, Promise.due_on, Promise.zone, func.count())
        .join(Application, Application.id == Promise.application_id)
        .where(
            Application.requisition_id.in_(searches),
            Promise.due_on >= since,
            or_(Promise.state != PromiseState.OPEN, Application.status != ApplicationStatus.WITHDRAWN),
        )
        .group_by(Promise.state, Promise.due_on, Promise.zone)
    )
    kept_count = settled = 0
    for state, due_on, zone_name, count in session.execute(statement):
        state_today = next_contact.promise_state(
            state, due_on=due_on, today=promise_zone.local_date(zone_name, moment=moment)
        )
        kept_count += count if state_today == PromiseState.KEPT else 0
        settled += count if state_today in {PromiseState.KEPT, PromiseState.BROKEN} else 0
    return kept_count, settled
