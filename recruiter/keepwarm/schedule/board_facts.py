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
from recruiter.keepwarm.schedule.bench_facts import ContactSummary, any_contact, final_interview
from recruiter.keepwarm.schedule.cadence import Cadence, Situation
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application


@dataclass
class BoardFacts:
    """By application what was said, promised and decided elsewhere; `clocks` are those of the search."""

    talks: dict[int, ContactSummary] = field(default_factory=dict)
    promises: dict[int, list[next_contact.PromiseFact]] = field(default_factory=dict)
    deadlines: dict[int, list[dt.date]] = field(default_factory=dict)
    own_days: dict[Situation, int] = field(default_factory=dict)

    @property
    def clocks(self) -> Cadence:
        """How many days each situation may last on this search."""
        return Cadence(self.own_days)


def board_facts(session: Session, ids: Sequence[int], *, requisition_id: int, now: dt.datetime) -> BoardFacts:
    """The facts of some finalists of one search, in one statement whatever their number.

    Each branch fills the columns that it has: number, n, words, day, state, zone, and four moments.
    """
    no_moment, no_text = cast(null(), Instant), cast(null(), Text)
    promises = select(
        literal("promise"), Promise.application_id, Promise.id, Promise.what, Promise.due_on, cast(Promise.state, Text),
        Promise.zone, Promise.made_at, no_moment, no_moment, no_moment,
    ).where(Promise.application_id.in_(ids))  # fmt: skip
    is_two_way = or_(
        Touchpoint.direction == Direction.FROM,
        Touchpoint.kind == TouchKind.CALL,
        Touchpoint.channel.in_(next_contact.TWO_WAY_CHANNELS),
    )
    of_application = Touchpoint.application_id == Application.id
    newest_snooze = select(func.max(Snooze.id)).where(Snooze.application_id == Application.id).correlate(Application)
    two_way = select(func.max(Touchpoint.at)).where(of_application, is_two_way).correlate(Application).scalar_subquery()
    talks = (
        select(
            literal("talk"), Application.id, literal(0), no_text, Snooze.until, no_text, no_text, two_way,
            final_interview(now), any_contact(), Snooze.at,
        )
        .outerjoin(Snooze, Snooze.id == newest_snooze.scalar_subquery())
        .where(Application.id.in_(ids))
    )  # fmt: skip
    dates = select(
        literal("elsewhere"), CompetingProcess.application_id, CompetingProcess.id, no_text, CompetingProcess.decision_on,
        no_text, no_text, no_moment, no_moment, no_moment, no_moment,
    ).where(CompetingProcess.application_id.in_(ids), CompetingProcess.decision_on.is_not(None))  # fmt: skip
    clocks = select(
        literal("clock"), CadenceRule.requisition_id, CadenceRule.days, cast(CadenceRule.situation, Text), null(), no_text,
        no_text, no_moment, no_moment, no_moment, no_moment,
    ).where(CadenceRule.requisition_id == requisition_id)  # fmt: skip
    rows: list[Any] = list(session.execute(union_all(promises, talks, dates, clocks)))
    facts = BoardFacts()
    for kind, record_id, n, text, day, state, zone, at, interview_end, last_contact, snoozed_at in sorted(
        rows, key=lambda row: row[2]
    ):
        if kind == "promise":
            promise = next_contact.PromiseFact(text, day, PromiseState(state), at, zone)
            facts.promises.setdefault(record_id, []).append(promise)
        elif kind == "talk":
            unfollowed_interview = (
                interview_end if interview_end and (last_contact is None or last_contact < interview_end) else None
            )
            facts.talks[record_id] = ContactSummary(
                at, unfollowed_interview=unfollowed_interview, snoozed_until=day, snoozed_at=snoozed_at
            )
        elif kind == "elsewhere":
            facts.deadlines.setdefault(record_id, []).append(day)
        else:
            facts.own_days[Situation(text)] = n
    return facts
