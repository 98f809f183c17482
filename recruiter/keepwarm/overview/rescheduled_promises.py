"""Promises whose date was moved by a promotion: nobody was told by that, so it is no slip that was told before the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from recruiter.keepwarm.models.records import Promise, PromiseState, Promotion, Touchpoint

Day = Callable[[Promise, dt.datetime], dt.date]


@dataclass
class Moves:
    """Promises by number: moved by a promotion that stands, moved by one that was taken back, and those made in their place."""

    standing: set[int] = field(default_factory=set)
    undone: dict[int, dt.datetime] = field(default_factory=dict)
    successors: set[int] = field(default_factory=set)


def of_searches(session: Session, searches: Select[int]) -> Moves:
    """What the promotions of some searches moved, in one statement."""
    found = Moves()
    wanted = select(Promotion.before, Promotion.undone_at).where(Promotion.requisition_id.in_(searches))
    for before, undone_at in session.execute(wanted):
        for old, new in (before or {}).get("renewed", ()):
            found.successors.add(new)
            if undone_at is None:
                found.standing.add(old)
            else:
                found.undone |= {old: undone_at, new: undone_at}
    return found


def silent(
    session: Session, promises: Iterable[Promise], *, moves: Moves, spoken: ColumnElement[bool], day: Day
) -> set[int]:
    """Of renewed promises those that a promotion moved and that nobody was told of before their day; one statement at most.

    One that was moved and moved back says nothing either: the promise in its place, with the day of old, tells the story.
    """
    renewed = [one for one in promises if one.state == PromiseState.RENEWED]
    found = {
        one.id
        for one in renewed
        if one.id in moves.undone and (one.id not in moves.successors or one.settled_at == moves.undone[one.id])
    }
    moved = [one for one in renewed if one.id in moves.standing]
    if not moved:
        return found
    wanted = select(Touchpoint.application_id, Touchpoint.at).where(
        Touchpoint.application_id.in_(select(Promise.application_id).where(Promise.id.in_(moves.standing))), spoken
    )
    heard: dict[int, list[dt.datetime]] = {}
    for number, at in session.execute(wanted):
        heard.setdefault(number, []).append(at)
    for one in moved:
        told = [at for at in heard.get(one.application_id, ()) if one.settled_at is not None and at > one.settled_at]
        if not any(day(one, at) <= one.due_on for at in told):
            found.add(one.id)
    return found
