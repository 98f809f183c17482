"""Contacts with candidates recorded, and promises answered by one: the same for pages and the API."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.models.records import Channel, Direction, Promise, PromiseState, TouchKind, Touchpoint
from recruiter.pipeline.models import Application

LEEWAY = dt.timedelta(minutes=2)  # clocks of clients that run ahead


@dataclass(frozen=True)
class Contact:
    """One contact as somebody reports it; `at` is now where nothing is said."""

    direction: Direction
    channel: Channel
    kind: TouchKind
    text: str
    at: dt.datetime | None = None


def record(
    session: Session, *, application: Application, contact: Contact, act: Act, hear_by: dt.date | None = None
) -> Touchpoint:
    """Record a contact with a candidate, and by when they hear again where that was said.

    Raises:
        RuleBroken: nothing was said (`said`), it lies in the future (`at`): that is an intention, or `hear_by` is over.
        Conflict: a date was promised and the application has ended.
    """
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
    audit.record(session, action=AuditAction.TOUCHPOINT_RECORDED, subject=touchpoint, act=act)
    if hear_by is not None:
        promise_services.set_hear_by(session, application=application, by=hear_by, act=act)
    return touchpoint


def answer_promise(
    session: Session,
    *,
    promise: Promise,
    to: PromiseState,
    answer: str,
    channel: Channel,
    act: Act,
    due_on: dt.date | None = None,
) -> Promise:
    """Settle a promise by what they were told, which is a contact too; without an answer nobody was told anything.

    Raises as `promise_services.settle_promise` does.
    """
    if answer and to in {PromiseState.KEPT, PromiseState.RENEWED}:
        contact = Contact(Direction.TO, channel, TouchKind.UPDATE, answer)
        record(session, application=promise.application, contact=contact, act=act)
    return promise_services.settle_promise(session, promise=promise, to=to, due_on=due_on, act=act, answer=answer)
