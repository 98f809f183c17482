"""Work has started: each finalist who waited is called, told why, and asked whether we may keep in touch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.records import consent_services
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import BenchRelease, Channel, ConsentAnswer, Direction, PromiseState, TouchKind
from recruiter.keepwarm.schedule import next_contact
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, Finalist, StatusChange
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition

WITHIN = 2  # working days after the start
AGAIN = 5  # working days after somebody wanted to think about it
REMEMBERED = dt.timedelta(days=30)  # so long somebody who was closed without a call stays on the list
REASON = "another_finalist"


@dataclass(frozen=True)
class ToCall:
    """A finalist who waits for the call, since when, and until when it is due; `closed` where the application has ended already.

    `asked_at` is the call after which they wanted to think about keeping in touch: they are asked again.
    """

    application: Application
    started_at: dt.datetime
    due_on: dt.date
    closed: bool
    asked_at: dt.datetime | None = None


@dataclass(frozen=True)
class ReleaseCall:
    """What the call was: by what way, which feedback was given, what they answered, until when they agreed."""

    channel: Channel
    feedback: str
    answer: ConsentAnswer
    ends_on: dt.date | None = None


def _started(within: Scope) -> Select[int, dt.datetime]:
    """Searches all of whose seats are filled and somebody has started, with the moment of the last start."""
    free = select(Opening.requisition_id).where(Opening.status == OpeningStatus.OPEN)
    return (
        select(Application.requisition_id, func.max(StatusChange.changed_at).label("started_at"))
        .join(StatusChange, StatusChange.application_id == Application.id)
        .where(
            within.contains(Application.requisition_id),
            Application.requisition_id.not_in(free),
            Application.status == ApplicationStatus.HIRED,
            StatusChange.status == ApplicationStatus.HIRED,
        )
        .group_by(Application.requisition_id)
    )


def to_call(session: Session, *, within: Scope, moment: Moment, application_id: int | None = None) -> list[ToCall]:
    """The finalists of started searches who were not called yet, or wanted to think about it, the longest due first. One statement."""
    started = _started(within).subquery()
    called = select(BenchRelease.application_id).where(BenchRelease.answer != ConsentAnswer.LATER)
    undecided = (
        select(BenchRelease.application_id, func.max(BenchRelease.at).label("at"))
        .where(BenchRelease.answer == ConsentAnswer.LATER)
        .group_by(BenchRelease.application_id)
        .subquery()
    )
    closed = (
        (Application.status == ApplicationStatus.REJECTED)
        & (Application.ended_by == EndedBy.COMPANY)
        & (Application.ended_at >= started.c.started_at)
        & (func.coalesce(undecided.c.at, Application.ended_at) >= moment.now - REMEMBERED)
        & Application.id.not_in(called)
    )
    statement = (
        select(Application, started.c.started_at, undecided.c.at)
        .join(Finalist, Finalist.application_id == Application.id)
        .join(started, started.c.requisition_id == Application.requisition_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .outerjoin(undecided, undecided.c.application_id == Application.id)
        .where(Requisition.imported.is_(False), or_(Application.status == ApplicationStatus.ACTIVE, closed))
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
        .order_by(started.c.started_at, Finalist.position, Application.id)
    )
    if application_id is not None:
        statement = statement.where(Application.id == application_id)
    return [
        ToCall(
            application,
            started_at,
            moment.calendar.add(moment.day_of(asked_at or started_at), AGAIN if asked_at else WITHIN),
            asked_at is None and application.status != ApplicationStatus.ACTIVE,
            asked_at,
        )
        for application, started_at, asked_at in session.execute(statement)
    ]


def release(session: Session, *, application: Application, call: ReleaseCall, act: Act) -> BenchRelease:
    """Keep the call, and let the finalist go: feedback as a contact, promises kept, the application closed, the consent where they gave it.

    Who wanted to think about it is called again: then `feedback` is what was said.

    Raises Conflict before work has started and for whoever was called already, RuleBroken without feedback.
    """
    if not services.hire_has_started(session, application):
        raise Conflict(
            "The bench stays until the hire has started work. Call them to say how things stand, and promise a date."
        )
    active = application.status == ApplicationStatus.ACTIVE
    answers = set(session.scalars(select(BenchRelease.answer).where(BenchRelease.application_id == application.id)))
    has_gone = application.status in {ApplicationStatus.HIRED, ApplicationStatus.WITHDRAWN}
    if has_gone or (answers - {ConsentAnswer.LATER} and not active):
        raise Conflict(f"{application.candidate.name} does not wait for this call any more.")
    if not text.is_visible(call.feedback):
        raise RuleBroken.at("feedback", "Write which feedback they were given.")
    kind = TouchKind.CHECK_IN if answers and not active else TouchKind.FEEDBACK  # the second call only asks again
    contact = contact_services.Contact(Direction.TO, call.channel, kind, call.feedback)
    touch = contact_services.record(session, application=application, contact=contact, act=act)
    for promise in queries.promises_of(session, application):
        if next_contact.is_open(promise, moment=act):
            promise_services.settle_promise(session, promise=promise, to=PromiseState.KEPT, act=act)
    consent = None
    if call.answer == ConsentAnswer.YES:
        way = call.channel.value if call.channel.value in consent_services.CHANNELS else "email"
        consent = consent_services.record(session, subject=application, ends_on=call.ends_on, channel=way, act=act)
    if active:
        services.reject(session, application=application, reason=REASON, act=act)
    bench_release = BenchRelease(
        application_id=application.id,
        touchpoint_id=touch.id,
        answer=call.answer,
        consent_id=consent.id if consent else None,
        by_id=act.actor.id,
        at=act.now,
    )
    session.add(bench_release)
    about = {"application_id": application.id, "answer": call.answer.value}
    audit.record(session, action=AuditAction.FINALIST_RELEASED, subject=bench_release, act=act, **about)
    return bench_release
