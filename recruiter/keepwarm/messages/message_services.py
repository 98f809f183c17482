"""Messages that a person sends to candidates: each in words of its own, checked in one place, kept as a contact once it is sent.

A message to one person leaves at once. Several leave after a few minutes and can be withdrawn until then.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import jobs, mail
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.foundation.mail import Email
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.messages import message_queries, message_rules
from recruiter.keepwarm.messages.message_queries import QUEUE
from recruiter.keepwarm.messages.message_rules import MOST, OutgoingMessage
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline.models import Application

LEAVES_AFTER = dt.timedelta(minutes=5)


def check(session: Session, messages: Sequence[OutgoingMessage], *, act: Act) -> None:
    """Refuse what may not be sent, one message or many; a handful of statements whatever their number.

    Raises:
        RuleBroken: nobody or too many are written to; a message is empty, leaves [brackets], names another finalist of
            the requisition, or repeats a text that somebody was sent or is about to get. At `subject` or `body`.
        Conflict: a candidate has no e-mail address.
    """
    if not messages:
        raise RuleBroken("Choose at least one person to write to.")
    if len(messages) > MOST:
        raise RuleBroken(f"Write to at most {MOST} people at a time.")
    sender = act.actor.name
    rivals = message_queries.names_of_finalists(session, {message.application.requisition_id for message in messages})
    for message in messages:
        message_rules.check(message, sender=sender, rivals=rivals.get(message.application.requisition_id, ()))
        if not message_queries.address_of(message.application.candidate):
            way_out = "Enter one, or call." if message.personal else "Leave them out, or add one."
            raise Conflict(f"No e-mail address of {message.name} is known. {way_out}")
    message_rules.check_apart(messages, sender=sender)
    keys = [message.key(sender) for message in messages]
    readers = message_queries.readers_of(session, set(keys))
    for message, key in zip(messages, keys, strict=True):
        message_rules.check_not_sent(message, earlier_application_id=readers.get(key))


def _email(message: OutgoingMessage) -> Email:
    address = message_queries.address_of(message.application.candidate)
    return Email(to=address, name=message.name, subject=message.subject_line, body=message.text)


def send(session: Session, *, message: OutgoingMessage, act: Act) -> Letter:
    """Send a message to one person now and keep it as a contact; the mail leaves once the transaction is committed.

    Raises as `check` does.
    """
    check(session, [message], act=act)
    letter = _record(session, message, key=message.key(act.actor.name), act=act)
    mail.enqueue(session, _email(message), now=act.now, asked_by_id=act.actor.id)
    audit.record(session, action=AuditAction.LETTER_SENT, subject=letter, act=act)
    return letter


def _record(session: Session, message: OutgoingMessage, *, key: str, act: Act) -> Letter:
    """Keep a message as a contact, with its text so that nobody else gets it. Raises RuleBroken where somebody just did."""
    contact = contact_services.Contact(Direction.TO, Channel.EMAIL, message.kind, message.text)
    touchpoint = contact_services.record(session, application=message.application, contact=contact, act=act)
    letter = Letter(
        application_id=message.application.id,
        touchpoint_id=touchpoint.id,
        subject=message.subject_line,
        text_key=key,
        by_id=act.actor.id,
        at=act.now,
    )
    if key:
        try:
            with session.begin_nested():
                session.add(letter)
        except IntegrityError:  # sent to somebody in the same moment
            raise RuleBroken.at("body", message_rules.SAME) from None
    return letter


def queue(session: Session, *, messages: Sequence[OutgoingMessage], act: Act) -> str:
    """Let messages leave in a few minutes; all or none. Answers the token that withdraws them. Raises as `check` does."""
    check(session, messages, act=act)
    job_ids, due_at = [], act.now + LEAVES_AFTER
    for message in messages:
        about = {"application_id": message.application.id, "key": message.key(act.actor.name)}
        payload = about | dataclasses.asdict(_email(message))
        job = jobs.enqueue(session, QUEUE, payload=payload, now=act.now, due_at=due_at, asked_by_id=act.actor.id)
        audit.record(session, action=AuditAction.MESSAGE_ASKED, subject=message.application, act=act)
        job_ids.append(job.id)
    payload = {"rows": [{"id": message.application.id} for message in messages], "jobs": job_ids}
    return undo_token_services.issue(session, action=UndoAction.MESSAGED, payload=payload, act=act)


def withdraw(session: Session, *, job_ids: Sequence[int], act: Act, applications: Sequence[Application]) -> None:
    """Take messages back that have not left. Raises Conflict, and takes none back, where one has."""
    unsent = (Job.kind == QUEUE, Job.status == JobStatus.QUEUED, Job.tries == 0)
    statement = delete(Job).where(Job.id.in_(job_ids), *unsent)
    result = session.execute(statement, execution_options={"synchronize_session": False})
    if result.rowcount != len(job_ids):  # type: ignore[attr-defined]  # a deletion answers with a CursorResult
        raise Conflict("These messages have left already, so they cannot be taken back.")
    for application in applications:
        audit.record(session, action=AuditAction.MESSAGE_WITHDRAWN, subject=application, act=act)


def record_delivery(session: Session, *, application_id: int, subject: str, body: str, key: str, act: Act) -> None:
    """Record the contact that a queued message is once it has left; to a finalist also its text, which nobody else gets any more."""
    application = session.get(Application, application_id)
    if application is None:
        return
    message = OutgoingMessage(application, subject, body, TouchKind.UPDATE)
    known = message_queries.readers_of(session, {key}) if key else {}
    _record(session, message, key="" if key in known else key, act=act)
