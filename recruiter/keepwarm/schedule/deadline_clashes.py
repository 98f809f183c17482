"""Finalists whose date elsewhere comes before ours, across every slate, with the two ways out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.schedule import agreement_queries, bench_facts, next_contact
from recruiter.keepwarm.schedule.agreement_queries import OurDate
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.offers import queries as offers
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist

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


def _reason(date: OurDate, say: Say) -> str:
    if date.kind == DateKind.DECISION:
        return f"we decide on {say(date.due_on)}"
    name = date.promised_by.name if date.promised_by else "An approver"
    return f"{name} promised an approval by {say(date.due_on)}"


def _first(session: Session, requisition_ids: list[int]) -> dict[int, Application]:
    """Whose answer each search waits for: who has the offer, else who leads the slate."""
    offers_out = offers.applications_with_offer_out(session, requisition_ids)
    slates = queries.with_person(select(Finalist)).where(
        Finalist.requisition_id.in_(requisition_ids), Application.status == ApplicationStatus.ACTIVE
    )
    leaders: dict[int, Application] = {}
    for finalist in session.scalars(slates.order_by(Finalist.position, Finalist.id)):
        with_offer = offers_out.get(finalist.requisition_id)
        if with_offer is None or finalist.application_id in with_offer:
            leaders.setdefault(finalist.requisition_id, finalist.application)
    return leaders


def deadline_clashes(
    session: Session, *, within: Scope, moment: Moment, say: Say = next_contact.short_day
) -> list[Clash]:
    """Every clash on searches that go on, the nearest first, in a handful of statements whatever their number.

    Ours is the latest of the decision date, the dates that approvers promised, and what this finalist was promised.
    """
    today = moment.today
    must_answer = select(CompetingProcess.application_id).where(CompetingProcess.decision_on >= today)
    deciding = queries.in_running(within).where(Finalist.application_id.in_(must_answer)).order_by(Finalist.id)
    finalists = session.scalars(deciding).all()
    if not finalists:
        return []
    searches = sorted({finalist.requisition_id for finalist in finalists})
    dates, cadences = agreement_queries.dates_of(session, searches), agreement_queries.cadences(session, searches)
    facts = bench_facts.load(session, [finalist.application_id for finalist in finalists])
    first = _first(session, searches)
    clashes = []
    for finalist in finalists:
        application, requisition_id = finalist.application, finalist.requisition_id
        theirs = min(day for day in facts.deadlines[application.id] if day >= today)
        late_dates = [date for date in dates.get(requisition_id, ()) if date.due_on > theirs]
        ours, reasons = [date.due_on for date in late_dates], [_reason(date, say) for date in late_dates]
        promises = [promise for promise in facts.promises[application.id] if promise.due_on > theirs]
        open_promises = [promise for promise in promises if next_contact.is_open(promise, moment=moment)]
        promise = max(open_promises, key=lambda promise: promise.due_on, default=None)
        if promise is not None:
            ours.append(promise.due_on)
            reasons.append(f"we promised “{promise.what}” by {say(promise.due_on)}")
        if not ours:
            continue
        leader = first.get(requisition_id)
        early_day = moment.calendar.add(theirs, -cadences[requisition_id].days(Situation.DEADLINE))
        clash = Clash(
            application=application,
            theirs=theirs,
            ours=max(ours),
            because="; ".join(reasons),
            ask=leader if leader is not application else None,
            move_to=max(early_day, today),
            decision=next((date.due_on for date in late_dates if date.kind == DateKind.DECISION), None),
            approvals=tuple(date for date in late_dates if date.kind == DateKind.APPROVAL),
            promise=promise.due_on if promise else None,
        )
        clashes.append(clash)
    return sorted(clashes, key=lambda clash: clash.theirs)
