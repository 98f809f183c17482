"""What presses on the finalists of a board: contacts, promises, other employers' dates and the clocks of the search, in one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Text, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import Instant
from recruiter.keepwarm.models.agreements import CadenceRule, Snooze
from recruiter.keepwarm.models.records import Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.keepwarm.schedule import next_contact
from recruiter.keepwarm.schedule.bench_facts import Talk, any_contact, final_interview
from recruiter.keepwarm.schedule.cadence import Cadence, Situation
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application


@dataclass
class BoardFacts:
    """By application what was said, promised and decided elsewhere; `clocks` are those of the search."""

    talks: dict[int, Talk] = field(default_factory=dict)
    promised: dict[int, list[next_contact.PromiseFact]] = field(default_factory=dict)
    elsewhere: dict[int, list[dt.date]] = field(default_factory=dict)
    own_days: dict[Situation, int] = field(default_factory=dict)

    @property
    def clocks(self) -> Cadence:
        """How many days each situation may last on this search."""
        return Cadence(self.own_days)


def of(session: Session, ids: Sequence[int], *, requisition_id: int, now: dt.datetime) -> BoardFacts:
    """The facts of some finalists of one search, in one statement whatever their number.

    Each branch fills the columns that it has: number, n, words, day, state, zone, and four moments.
    """
    when, words = cast(null(), Instant), cast(null(), Text)
    promises = select(
        literal("promise"), Promise.application_id, Promise.id, Promise.what, Promise.due_on, cast(Promise.state, Text),
        Promise.zone, Promise.made_at, when, when, when,
    ).where(Promise.application_id.in_(ids))  # fmt: skip
    spoken = or_(
        Touchpoint.direction == Direction.FROM,
        Touchpoint.kind == TouchKind.CALL,
        Touchpoint.channel.in_(next_contact.TWO_WAY_CHANNELS),
    )
    mine = Touchpoint.application_id == Application.id
    silent = select(func.max(Snooze.id)).where(Snooze.application_id == Application.id).correlate(Application)
    two_way = select(func.max(Touchpoint.at)).where(mine, spoken).correlate(Application).scalar_subquery()
    talks = (
        select(
            literal("talk"), Application.id, literal(0), words, Snooze.until, words, words, two_way,
            final_interview(now), any_contact(), Snooze.at,
        )
        .outerjoin(Snooze, Snooze.id == silent.scalar_subquery())
        .where(Application.id.in_(ids))
    )  # fmt: skip
    dates = select(
        literal("elsewhere"), CompetingProcess.application_id, CompetingProcess.id, words, CompetingProcess.decision_on,
        words, words, when, when, when, when,
    ).where(CompetingProcess.application_id.in_(ids), CompetingProcess.decision_on.is_not(None))  # fmt: skip
    clocks = select(
        literal("clock"), CadenceRule.requisition_id, CadenceRule.days, cast(CadenceRule.situation, Text), null(), words,
        words, when, when, when, when,
    ).where(CadenceRule.requisition_id == requisition_id)  # fmt: skip
    rows: list[Any] = list(session.execute(union_all(promises, talks, dates, clocks)))
    found = BoardFacts()
    for kind, number, n, said, day, state, zone, at, held, last, since in sorted(rows, key=lambda row: row[2]):
        if kind == "promise":
            one = next_contact.PromiseFact(said, day, PromiseState(state), at, zone)
            found.promised.setdefault(number, []).append(one)
        elif kind == "talk":
            unthanked = held if held and (last is None or last < held) else None
            found.talks[number] = Talk(at, unthanked=unthanked, snoozed_until=day, snoozed_at=since)
        elif kind == "elsewhere":
            found.elsewhere.setdefault(number, []).append(day)
        else:
            found.own_days[Situation(said)] = n
    return found
