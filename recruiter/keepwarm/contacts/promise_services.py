"""Promises made, kept, renewed and broken, each change with a row of its own; and the date by which somebody hears from us again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import Promise, PromiseChange, PromiseState
from recruiter.keepwarm.schedule import next_contact, promise_zone
from recruiter.pipeline import rules as pipeline
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application

USUAL = "You will hear from us"


SETTLED = {
    PromiseState.KEPT: AuditAction.PROMISE_KEPT,
    PromiseState.RENEWED: AuditAction.PROMISE_RENEWED,
    PromiseState.BROKEN: AuditAction.PROMISE_BROKEN,
}


def _record_change(session: Session, promise: Promise, *, act: Act, answer: str = "") -> None:
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
    next_contact.check_due(due_on, today=promise_zone.local_date(zone, moment=act))
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
    _record_change(session, new_promise, act=act)
    audit.record(session, action=AuditAction.PROMISE_MADE, subject=new_promise, act=act)
    return new_promise


def settle_promise(
    session: Session, *, promise: Promise, to: PromiseState, act: Act, due_on: dt.date | None = None, answer: str = ""
) -> Promise:
    """A promise is kept with an answer, renewed to a later date (a new promise), or broken. Raises Conflict where it is too late."""
    local_today = promise_zone.local_date(promise.zone, moment=act)
    next_contact.check_settling(promise.state, due_on=promise.due_on, to=to, today=local_today)
    if to == PromiseState.RENEWED:
        new_due_on = next_contact.check_renewal(due_on, before=promise.due_on, today=local_today)
        applications.lock(session, promise.application)
        renew_promise(session, promise=promise, due_on=new_due_on, act=act, answer=answer)
        return promise
    if due_on is not None and due_on != promise.due_on:
        raise RuleBroken.at("due_on", "A new date renews a promise. Send the state renewed with it.")
    _settle(session, promise, to=to, act=act, answer=text.clean(answer))
    return promise


def _settle(session: Session, promise: Promise, *, to: PromiseState, act: Act, answer: str = "") -> None:
    promise.state, promise.settled_at = to, act.now
    _record_change(session, promise, act=act, answer=answer)
    audit.record(session, action=SETTLED[to], subject=promise, act=act)


def renew_promise(session: Session, *, promise: Promise, due_on: dt.date, act: Act, answer: str = "") -> Promise:
    """The promise that takes the place of another, which becomes `renewed`; `answer` is what they were told of the new date."""
    if promise.state == PromiseState.OPEN:
        _settle(session, promise, to=PromiseState.RENEWED, act=act, answer=text.clean(answer))
    application, what = promise.application, promise.what
    return make_promise(
        session, application=application, what=what, due_on=due_on, act=act, renews=promise, zone=promise.zone
    )


def set_hear_by(session: Session, *, application: Application, by: dt.date, act: Act) -> None:
    """Keep the date by which they hear again: it renews an open promise for an earlier date, else it is a new one.

    Raises RuleBroken at `hear_by` for a date that is over, Conflict where the application has ended.
    """
    next_contact.check_due(by, today=act.today, field="hear_by")
    open_promises = (each for each in queries.promises_of(session, application) if each.state == PromiseState.OPEN)
    earlier = [promise for promise in open_promises if act.today <= promise.due_on < by]
    if earlier:
        settle_promise(session, promise=earlier[-1], to=PromiseState.RENEWED, due_on=by, act=act)
    else:
        make_promise(session, application=application, what=USUAL, due_on=by, act=act)
