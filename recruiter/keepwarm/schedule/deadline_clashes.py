"""Finalists whose date elsewhere comes before ours, across every slate, with the two ways out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.foundation.act import Moment
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.schedule import agreement_queries, bench_facts, promise_zone
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.keepwarm.schedule.next_contact import short_day
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


def _agreed(date: OurDate, say: Say) -> _Ours:
    if date.kind == DateKind.DECISION:
        return _Ours(date.due_on, f"we decide on {say(date.due_on)}")
    name = date.promised_by.name if date.promised_by else "An approver"
    return _Ours(date.due_on, f"{name} promised an approval by {say(date.due_on)}")


def _finalists(session: Session, within: Select[int], today: dt.date) -> list[tuple[Finalist, dt.date]]:
    statement = (
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
        {finalist.id: (finalist, day) for finalist, day in session.execute(statement) if day}.values(),
        key=lambda pair: pair[1],
    )


def _promised(session: Session, ids: list[int], *, moment: Moment, say: Say) -> dict[int, tuple[dt.date, str]]:
    """The latest open promise to each of some finalists that has not fallen due, with a sentence that says so."""
    latest: dict[int, tuple[dt.date, str]] = {}
    for application_id, promises in bench_facts.load(session, ids).promises.items():
        for promise in promises:
            local_today = promise_zone.local_date(promise.zone, moment=moment)
            before = latest.get(application_id)
            is_waiting = promise.state == PromiseState.OPEN and promise.due_on >= local_today
            if is_waiting and (before is None or promise.due_on > before[0]):
                sentence = f"we promised “{promise.what}” by {say(promise.due_on)}"
                latest[application_id] = (promise.due_on, sentence)
    return latest


def _first(session: Session, requisition_ids: list[int]) -> dict[int, Application]:
    """Whose answer each search waits for: who has the offer, else who leads the slate."""
    offers_out = offers.applications_with_offer_out(session, requisition_ids)
    statement = (
        select(Finalist)
        .join(Finalist.application)
        .where(Finalist.requisition_id.in_(requisition_ids), Application.status == ApplicationStatus.ACTIVE)
        .order_by(Finalist.position, Finalist.id)
        .options(contains_eager(Finalist.application), joinedload(Finalist.application, Application.candidate))
    )
    leaders: dict[int, Application] = {}
    for finalist in session.scalars(statement):
        if (
            finalist.application_id in offers_out.get(finalist.requisition_id, ())
            or finalist.requisition_id not in offers_out
        ):
            leaders.setdefault(finalist.requisition_id, finalist.application)
    return leaders


def deadline_clashes(session: Session, *, within: Select[int], moment: Moment, say: Say = short_day) -> list[Clash]:
    """Every clash on searches that go on, the nearest first, in a handful of statements whatever their number.

    Ours is the latest of the decision date, the dates that approvers promised, and what this finalist was promised.
    """
    today = moment.today
    finalists = _finalists(session, within, today)
    if not finalists:
        return []
    searches = sorted({finalist.requisition_id for finalist, _ in finalists})
    dates, cadences = agreement_queries.dates_of(session, searches), agreement_queries.cadences(session, searches)
    promised = _promised(session, [finalist.application_id for finalist, _ in finalists], moment=moment, say=say)
    first = _first(session, searches)
    clashing = []
    for finalist, theirs in finalists:
        late_dates = [date for date in dates.get(finalist.requisition_id, ()) if date.due_on > theirs]
        ours = [_agreed(date, say) for date in late_dates]
        promise = promised.get(finalist.application_id)
        if promise is not None and promise[0] > theirs:
            ours.append(_Ours(*promise))
        if not ours:
            continue
        leader = first.get(finalist.requisition_id)
        ask = leader if leader is not None and leader.id != finalist.application_id else None
        early_day = moment.calendar.add(theirs, -cadences.get(finalist.requisition_id, USUAL).days(Situation.DEADLINE))
        because = "; ".join(reason.why for reason in ours)
        latest = max(reason.day for reason in ours)
        clashing.append(
            Clash(
                finalist.application,
                theirs,
                latest,
                because,
                ask,
                max(early_day, today),
                next((date.due_on for date in late_dates if date.kind == DateKind.DECISION), None),
                tuple(date for date in late_dates if date.kind == DateKind.APPROVAL),
                promise[0] if promise is not None and promise[0] > theirs else None,
            )
        )
    return clashing
