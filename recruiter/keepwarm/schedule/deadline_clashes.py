"""Finalists whose date elsewhere comes before ours, across every slate, with the two ways out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.models.records import Promise, PromiseState
from recruiter.keepwarm.schedule import agreement_queries, promise_zone
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.keepwarm.schedule.next_contact import shown
from recruiter.offers import queries as offers
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, RequisitionStatus

Say = Callable[[dt.date], str]


@dataclass(frozen=True)
class Clash:
    """Somebody whose date elsewhere comes before ours: which of ours, whom to ask for an earlier answer, where to move to.

    Each of our dates that comes too late has a way of its own: the day of the decision, approvals, and the promise to them.
    """

    application: Application
    theirs: dt.date
    ours: dt.date
    because: str
    ask: Application | None
    move_to: dt.date
    decision: dt.date | None = None
    approvals: tuple[OurDate, ...] = ()
    promise: dt.date | None = None


@dataclass(frozen=True)
class _Ours:
    day: dt.date
    why: str


def _agreed(one: OurDate, say: Say) -> _Ours:
    if one.kind == DateKind.DECISION:
        return _Ours(one.due_on, f"we decide on {say(one.due_on)}")
    name = one.promised_by.name if one.promised_by else "An approver"
    return _Ours(one.due_on, f"{name} promised an approval by {say(one.due_on)}")


def _finalists(session: Session, within: Select[int], today: dt.date) -> list[tuple[Finalist, dt.date]]:
    wanted = (
        select(Finalist, func.min(CompetingProcess.decision_on).over(partition_by=Finalist.id))
        .join(Finalist.application)
        .join(CompetingProcess, CompetingProcess.application_id == Application.id)
        .join(Requisition, Requisition.id == Finalist.requisition_id)
        .where(
            Finalist.requisition_id.in_(within),
            CompetingProcess.decision_on >= today,
            Application.status == ApplicationStatus.ACTIVE,
            Requisition.status.not_in([RequisitionStatus.CLOSED, RequisitionStatus.DRAFT]),
        )
        .options(
            contains_eager(Finalist.application),
            joinedload(Finalist.application, Application.candidate),
            joinedload(Finalist.application, Application.requisition),
        )
    )
    return sorted(
        {one.id: (one, day) for one, day in session.execute(wanted) if day}.values(), key=lambda pair: pair[1]
    )


def _promised(
    session: Session, ids: list[int], *, now: dt.datetime, today: dt.date, say: Say
) -> dict[int, tuple[dt.date, str]]:
    found: dict[int, tuple[dt.date, str]] = {}
    for one in session.scalars(
        select(Promise).where(Promise.application_id.in_(ids), Promise.state == PromiseState.OPEN)
    ):
        if one.due_on >= promise_zone.day_there(one.zone, now=now, today=today):
            before = found.get(one.application_id)
            if before is None or one.due_on > before[0]:
                found[one.application_id] = (one.due_on, f"we promised “{one.what}” by {say(one.due_on)}")
    return found


def _first(session: Session, requisition_ids: list[int]) -> dict[int, Application]:
    """Whose answer each search waits for: who has the offer, else who leads the slate."""
    out = offers.out_by_requisition(session, requisition_ids)
    wanted = (
        select(Finalist)
        .join(Finalist.application)
        .where(Finalist.requisition_id.in_(requisition_ids), Application.status == ApplicationStatus.ACTIVE)
        .order_by(Finalist.position, Finalist.id)
        .options(contains_eager(Finalist.application), joinedload(Finalist.application, Application.candidate))
    )
    found: dict[int, Application] = {}
    for one in session.scalars(wanted):
        if one.application_id in out.get(one.requisition_id, ()) or one.requisition_id not in out:
            found.setdefault(one.requisition_id, one.application)
    return found


def found(
    session: Session,
    *,
    within: Select[int],
    now: dt.datetime,
    zone: dt.tzinfo,
    calendar: WorkingDays = WEEKDAYS,
    say: Say = shown,
) -> list[Clash]:
    """Every clash on searches that go on, the nearest first, in a handful of statements whatever their number.

    Ours is the latest of the decision date, the dates that approvers promised, and what this finalist was promised.
    """
    today = now.astimezone(zone).date()
    named = _finalists(session, within, today)
    if not named:
        return []
    searches = sorted({one.requisition_id for one, _ in named})
    dates, own = agreement_queries.dates_of(session, searches), agreement_queries.cadences(session, searches)
    promised = _promised(session, [one.application_id for one, _ in named], now=now, today=today, say=say)
    first = _first(session, searches)
    clashing = []
    for one, theirs in named:
        late = [date for date in dates.get(one.requisition_id, ()) if date.due_on > theirs]
        ours = [_agreed(date, say) for date in late]
        told = promised.get(one.application_id)
        if told is not None and told[0] > theirs:
            ours.append(_Ours(*told))
        if not ours:
            continue
        leads = first.get(one.requisition_id)
        ask = leads if leads is not None and leads.id != one.application_id else None
        early = calendar.add(theirs, -own.get(one.requisition_id, USUAL).days(Situation.DEADLINE))
        because = "; ".join(each.why for each in ours)
        latest = max(each.day for each in ours)
        clashing.append(
            Clash(
                one.application,
                theirs,
                latest,
                because,
                ask,
                max(early, today),
                next((date.due_on for date in late if date.kind == DateKind.DECISION), None),
                tuple(date for date in late if date.kind == DateKind.APPROVAL),
                told[0] if told is not None and told[0] > theirs else None,
            )
        )
    return clashing
