"""Promises whose date was moved by a promotion: nobody was told by that, so it is no slip that was told before the day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm.models.records import Promise, PromiseState, Promotion, Touchpoint

Day = Callable[[Promise, dt.datetime], dt.date]


@dataclass
class RescheduledPromises:
    """Promises by number: moved by a promotion that stands, moved by one that was taken back, and those made in their place."""

    standing: set[int] = field(default_factory=set)
    undone: dict[int, dt.datetime] = field(default_factory=dict)
    successors: set[int] = field(default_factory=set)


def of_searches(session: Session, searches: Scope) -> RescheduledPromises:
    """What the promotions of some searches moved, in one statement."""
    moves = RescheduledPromises()
    statement = select(Promotion.before, Promotion.undone_at).where(searches.contains(Promotion.requisition_id))
    for before, undone_at in session.execute(statement):
        for old, new in (before or {}).get("renewed", ()):
            moves.successors.add(new)
            if undone_at is None:
                moves.standing.add(old)
            else:
                moves.undone |= {old: undone_at, new: undone_at}
    return moves


def untold_promises(session: Session, promises: Iterable[Promise], *, moves: RescheduledPromises, day: Day) -> set[int]:
    """Of renewed promises those that a promotion moved and that nobody was told of before their day; one statement at most.

    One that was moved and moved back says nothing either: the promise in its place, with the day of old, tells the story.
    """
    renewed = [promise for promise in promises if promise.state == PromiseState.RENEWED]
    untold = {
        promise.id
        for promise in renewed
        if promise.id in moves.undone
        and (promise.id not in moves.successors or promise.settled_at == moves.undone[promise.id])
    }
    moved = [promise for promise in renewed if promise.id in moves.standing]
    if not moved:
        return untold
    statement = select(Touchpoint.application_id, Touchpoint.at).where(
        Touchpoint.application_id.in_(select(Promise.application_id).where(Promise.id.in_(moves.standing))),
        Touchpoint.reaches_candidate,
    )
    contacts: dict[int, list[dt.datetime]] = defaultdict(list)
    for application_id, at in session.execute(statement):
        contacts[application_id].append(at)

    def is_told(promise: Promise) -> bool:
        settled_at = promise.settled_at or promise.made_at
        since = (at for at in contacts[promise.application_id] if at > settled_at)
        return any(day(promise, at) <= promise.due_on for at in since)

    return untold | {promise.id for promise in moved if not is_told(promise)}
