"""Contacts recorded, promises made and settled, concerns and readiness kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import (
    Channel,
    Concern,
    ConcernKind,
    ConcernState,
    Direction,
    Promise,
    PromiseChange,
    PromiseState,
    Readiness,
    TouchKind,
    Touchpoint,
)
from recruiter.keepwarm.schedule import next_contact, promise_zone
from recruiter.pipeline import rules as pipeline
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application

LEEWAY = dt.timedelta(minutes=2)  # clocks of clients that run ahead
SETTLED = {
    PromiseState.KEPT: AuditAction.PROMISE_KEPT,
    PromiseState.RENEWED: AuditAction.PROMISE_RENEWED,
    PromiseState.BROKEN: AuditAction.PROMISE_BROKEN,
}


@dataclass(frozen=True)
class Contact:
    """One contact as somebody reports it; `at` is now where nothing is said."""

    direction: Direction
    channel: Channel
    kind: TouchKind
    text: str
    at: dt.datetime | None = None


def record_contact(session: Session, *, application: Application, contact: Contact, act: Act) -> Touchpoint:
    """Record a contact with a candidate. What lies in the future is refused: it is an intention, not a contact."""
    summary = text.clean(contact.text)
    if not summary:
        raise RuleBroken.at("said", "Say in a line what was said.")
    if (at := contact.at or act.now) > act.now + LEEWAY:
        raise RuleBroken.at("at", "A contact lies in the past. Promise a date instead for what is to come.")
    touchpoint = Touchpoint(
        application_id=application.id,
        direction=contact.direction,
        channel=contact.channel,
        kind=contact.kind,
        text=summary,
        at=min(at, act.now),
        by=act.actor,
        created_at=act.now,
    )
    session.add(touchpoint)
    session.flush()
    audit.record(session, action=AuditAction.TOUCHPOINT_RECORDED, subject=touchpoint, act=act)
    return touchpoint


def _note(session: Session, promise: Promise, *, act: Act, answer: str = "") -> None:
    fields = {"promise_id": promise.id, "state": promise.state, "due_on": promise.due_on, "answer": answer}
    session.add(PromiseChange(**fields, by_id=act.actor.id, at=act.now))


def make_promise(
    session: Session,
    *,
    application: Application,
    what: str,
    due_on: dt.date,
    act: Act,
    renews: Promise | None = None,
    zone: str = "",
) -> Promise:
    """Keep what a candidate was told would happen by a date, today or later, read in `zone` or in the company's."""
    applications.lock(session, application)
    pipeline.check_active(application)
    promise_text = text.clean(what)
    if not promise_text:
        raise RuleBroken.at("what", "Say what was promised, like “You will hear from us”.")
    zone = promise_zone.check(zone)
    next_contact.check_due(due_on, today=promise_zone.local_date(zone, now=act.now, today=act.today))
    new_promise = Promise(
        application_id=application.id,
        what=promise_text,
        due_on=due_on,
        zone=zone,
        state=PromiseState.OPEN,
        renews_id=renews.id if renews else None,
        made_by=act.actor,
        made_at=act.now,
    )
    session.add(new_promise)
    session.flush()
    _note(session, new_promise, act=act)
    audit.record(session, action=AuditAction.PROMISE_MADE, subject=new_promise, act=act)
    return new_promise


def settle_promise(
    session: Session,
    *,
    promise: Promise,
    to: PromiseState,
    act: Act,
    due_on: dt.date | None = None,
    answer: str = "",
) -> Promise:
    """A promise is kept with an answer, renewed to a later date (a new promise), or broken. Raises Conflict where it is too late."""
    local_today = promise_zone.local_date(promise.zone, now=act.now, today=act.today)
    next_contact.check_settling(promise.state, due_on=promise.due_on, to=to, today=local_today)
    if to == PromiseState.RENEWED:
        new_due_on = next_contact.check_renewal(due_on, before=promise.due_on, today=local_today)
        applications.lock(session, application := queries.application_of(session, promise))
        renew_promise(
            session,
            promise=promise,
            application=application,
            due_on=new_due_on,
            act=act,
            answer=answer,
        )
        return promise
    if due_on is not None and due_on != promise.due_on:
        raise RuleBroken.at("due_on", "A new date renews a promise. Send the state renewed with it.")
    _settle(session, promise, to=to, act=act, answer=text.clean(answer))
    return promise


def _settle(session: Session, promise: Promise, *, to: PromiseState, act: Act, answer: str = "") -> None:
    promise.state, promise.settled_at = to, act.now
    _note(session, promise, act=act, answer=answer)
    audit.record(session, action=SETTLED[to], subject=promise, act=act)
    session.flush()


def renew_promise(
    session: Session,
    *,
    promise: Promise,
    application: Application,
    due_on: dt.date,
    act: Act,
    answer: str = "",
) -> Promise:
    """The promise that takes the place of another, which becomes `renewed`; `said` is what they were told of the new date."""
    if promise.state == PromiseState.OPEN:
        _settle(session, promise, to=PromiseState.RENEWED, act=act, answer=text.clean(answer))
    return make_promise(
        session,
        application=application,
        what=promise.what,
        due_on=due_on,
        act=act,
        renews=promise,
        zone=promise.zone,
    )


def raise_concern(
    session: Session,
    *,
    application: Application,
    kind: ConcernKind,
    description: str,
    act: Act,
    owner: User | None = None,
    state: ConcernState = ConcernState.OPEN,
    answer: str = "",
) -> Concern:
    """Keep a reason why a finalist might say no, and who answers it."""
    concern_text = text.clean(description)
    if not concern_text:
        raise RuleBroken.at("text", "Say in a line what the concern is.")
    concern = Concern(
        application_id=application.id,
        kind=kind,
        text=concern_text,
        state=state,
        answer=text.clean(answer),
        owner=owner,
        by_id=act.actor.id,
        created_at=act.now,
    )
    session.add(concern)
    session.flush()
    audit.record(session, action=AuditAction.CONCERN_RAISED, subject=concern, act=act, kind=kind.value)
    return concern


def change_concern(
    session: Session,
    *,
    concern: Concern,
    act: Act,
    state: ConcernState | None = None,
    answer: str | None = None,
    owner: User | None = None,
) -> Concern:
    """Answer a concern, hand it to somebody, or resolve it."""
    if state is not None:
        concern.state = state
    if answer is not None:
        concern.answer = text.clean(answer)
    if owner is not None:
        concern.owner = owner
    audit.record(session, action=AuditAction.CONCERN_CHANGED, subject=concern, act=act)
    session.flush()
    return concern


@dataclass(frozen=True)
class ReadinessAnswers:
    """What a finalist answered about being ready; each None is left as it was."""

    interested: bool | None = None
    available_from: dt.date | None = None
    expectation_within_band: bool | None = None
    references_done_on: dt.date | None = None


def record_readiness(
    session: Session,
    *,
    application: Application,
    answers: ReadinessAnswers,
    act: Act,
) -> Readiness:
    """Bring the checklist of a bench finalist up to date; each answer keeps the day on which it was asked."""
    readiness = queries.readiness_of(session, application)
    if readiness is None:
        readiness = Readiness(application_id=application.id)
        session.add(readiness)
    if answers.interested is not None:
        readiness.interested, readiness.interested_asked_on = answers.interested, act.today
    readiness.available_from = answers.available_from or readiness.available_from
    if answers.expectation_within_band is not None:
        readiness.expectation_within_band, readiness.expectation_asked_on = answers.expectation_within_band, act.today
    readiness.references_done_on = answers.references_done_on or readiness.references_done_on
    session.flush()
    audit.record(session, action=AuditAction.READINESS_RECORDED, subject=readiness, act=act)
    return readiness
