"""Contacts recorded, promises made and settled, concerns and readiness kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import text
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


@dataclass(frozen=True)
class Contact:
    """One contact as somebody reports it; `at` is now where nothing is said."""

    direction: Direction
    channel: Channel
    kind: TouchKind
    said: str
    at: dt.datetime | None = None


def touch(session: Session, *, application: Application, contact: Contact, actor: User, now: dt.datetime) -> Touchpoint:
    """Record a contact with a candidate. What lies in the future is refused: it is an intention, not a contact."""
    said = text.clean(contact.said)
    if not said:
        raise RuleBroken.at("said", "Say in a line what was said.")
    if (at := contact.at or now) > now + LEEWAY:
        raise RuleBroken.at("at", "A contact lies in the past. Promise a date instead for what is to come.")
    one = Touchpoint(
        application_id=application.id,
        direction=contact.direction,
        channel=contact.channel,
        kind=contact.kind,
        said=said,
        at=min(at, now),
        by=actor,
        created_at=now,
    )
    session.add(one)
    session.flush()
    audit.record(session, action="touchpoint.recorded", subject=one, actor_id=actor.id, at=now)
    return one


def _note(session: Session, promise: Promise, *, actor: User, now: dt.datetime, said: str = "") -> None:
    row = {"promise_id": promise.id, "state": promise.state, "due_on": promise.due_on, "said": said}
    session.add(PromiseChange(**row, by_id=actor.id, at=now))


def make_promise(
    session: Session,
    *,
    application: Application,
    what: str,
    due_on: dt.date,
    actor: User,
    now: dt.datetime,
    today: dt.date,
    renews: Promise | None = None,
    zone: str = "",
) -> Promise:
    """Keep what a candidate was told would happen by a date, today or later, read in `zone` or in the company's."""
    applications.hold(session, application)
    pipeline.check_active(application)
    words = text.clean(what)
    if not words:
        raise RuleBroken.at("what", "Say what was promised, like “You will hear from us”.")
    zone = promise_zone.check(zone)
    next_contact.check_due(due_on, today=promise_zone.day_there(zone, now=now, today=today))
    one = Promise(
        application_id=application.id,
        what=words,
        due_on=due_on,
        zone=zone,
        state=PromiseState.OPEN,
        renews_id=renews.id if renews else None,
        made_by=actor,
        made_at=now,
    )
    session.add(one)
    session.flush()
    _note(session, one, actor=actor, now=now)
    audit.record(session, action="promise.made", subject=one, actor_id=actor.id, at=now)
    return one


def settle(
    session: Session,
    *,
    promise: Promise,
    to: PromiseState,
    actor: User,
    now: dt.datetime,
    today: dt.date,
    due_on: dt.date | None = None,
    said: str = "",
) -> Promise:
    """A promise is kept with an answer, renewed to a later date (a new promise), or broken. Raises Conflict where it is too late."""
    there = promise_zone.day_there(promise.zone, now=now, today=today)
    next_contact.check_settling(promise.state, due_on=promise.due_on, to=to, today=there)
    if to == PromiseState.RENEWED:
        later = next_contact.check_renewal(due_on, before=promise.due_on, today=there)
        applications.hold(session, whose := queries.application_of(session, promise))
        renew(session, promise=promise, application=whose, due_on=later, actor=actor, now=now, today=today, said=said)
        return promise
    if due_on is not None and due_on != promise.due_on:
        raise RuleBroken.at("due_on", "A new date renews a promise. Send the state renewed with it.")
    _settle(session, promise, to=to, actor=actor, now=now, said=text.clean(said))
    return promise


def _settle(session: Session, one: Promise, *, to: PromiseState, actor: User, now: dt.datetime, said: str = "") -> None:
    one.state, one.settled_at = to, now
    _note(session, one, actor=actor, now=now, said=said)
    audit.record(session, action=f"promise.{to.value}", subject=one, actor_id=actor.id, at=now)
    session.flush()


def renew(
    session: Session,
    *,
    promise: Promise,
    application: Application,
    due_on: dt.date,
    actor: User,
    now: dt.datetime,
    today: dt.date,
    said: str = "",
) -> Promise:
    """The promise that takes the place of another, which becomes `renewed`; `said` is what they were told of the new date."""
    if promise.state == PromiseState.OPEN:
        _settle(session, promise, to=PromiseState.RENEWED, actor=actor, now=now, said=text.clean(said))
    return make_promise(
        session,
        application=application,
        what=promise.what,
        due_on=due_on,
        actor=actor,
        now=now,
        today=today,
        renews=promise,
        zone=promise.zone,
    )


def raise_concern(
    session: Session,
    *,
    application: Application,
    kind: ConcernKind,
    words: str,
    actor: User,
    now: dt.datetime,
    owner: User | None = None,
    state: ConcernState = ConcernState.OPEN,
    answer: str = "",
) -> Concern:
    """Keep a reason why a finalist might say no, and who answers it."""
    said = text.clean(words)
    if not said:
        raise RuleBroken.at("text", "Say in a line what the concern is.")
    one = Concern(
        application_id=application.id,
        kind=kind,
        text=said,
        state=state,
        answer=text.clean(answer),
        owner=owner,
        by_id=actor.id,
        created_at=now,
    )
    session.add(one)
    session.flush()
    audit.record(session, action="concern.raised", subject=one, actor_id=actor.id, at=now, kind=kind.value)
    return one


def change_concern(
    session: Session,
    *,
    concern: Concern,
    actor: User,
    now: dt.datetime,
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
    audit.record(session, action="concern.changed", subject=concern, actor_id=actor.id, at=now)
    session.flush()
    return concern


@dataclass(frozen=True)
class Asked:
    """What a finalist answered about being ready; each None is left as it was."""

    interested: bool | None = None
    available_from: dt.date | None = None
    expectation_within_band: bool | None = None
    references_done_on: dt.date | None = None


def record_readiness(
    session: Session, *, application: Application, asked: Asked, actor: User, now: dt.datetime, today: dt.date
) -> Readiness:
    """Bring the checklist of a bench finalist up to date; each answer keeps the day on which it was asked."""
    one = queries.readiness_of(session, application)
    if one is None:
        one = Readiness(application_id=application.id)
        session.add(one)
    if asked.interested is not None:
        one.interested, one.interested_asked_on = asked.interested, today
    one.available_from = asked.available_from or one.available_from
    if asked.expectation_within_band is not None:
        one.expectation_within_band, one.expectation_asked_on = asked.expectation_within_band, today
    one.references_done_on = asked.references_done_on or one.references_done_on
    session.flush()
    audit.record(session, action="readiness.recorded", subject=one, actor_id=actor.id, at=now)
    return one
