"""Messages that a person sends to a finalist: personal, one to one, kept as a contact in the same step."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind, Touchpoint
from recruiter.pipeline.models import Application, Finalist

SAME = "Somebody else has been sent this very text. Write to this person about what was said with them."


def address_of(application: Application) -> str:
    """The first e-mail address of a candidate; empty where there is none."""
    mails = [contact for contact in application.candidate.contacts if contact.kind == ContactKind.EMAIL]
    return mails[0].value if mails else ""


def _others_named(session: Session, application: Application, message_text: str) -> str:
    """The full name of another finalist of the same slate that stands in a message; empty where none does."""
    statement = (
        select(Candidate.name)
        .join(Application, Application.candidate_id == Candidate.id)
        .join(Finalist, Finalist.application_id == Application.id)
        .where(Application.requisition_id == application.requisition_id, Application.id != application.id)
    )
    padded_text, own_name = f" {text.folded(message_text)} ", text.folded(application.candidate.name)
    for name in session.scalars(statement):
        folded = text.folded(name)
        if " " in folded and folded != own_name and re.search(rf"\b{re.escape(folded)}\b", padded_text):
            return name
    return ""


def send(
    session: Session,
    *,
    application: Application,
    subject: str,
    body: str,
    kind: TouchKind,
    act: Act,
) -> Letter:
    """Send a message to one finalist and keep it as a contact; the mail goes out once the transaction is committed.

    Raises RuleBroken where words in brackets are left or anybody was sent this text before, whatever the names in it,
    or another finalist of the slate is named;
    Conflict where no address is on record.
    """
    message_text, subject_line = text.clean(body), " ".join(text.clean(subject).split())
    if not subject_line:
        raise RuleBroken.at("subject", "Give the message a subject.")
    rival_name = _others_named(session, application, f"{subject_line}\n{message_text}")
    if rival_name:
        raise RuleBroken.at("body", f"The message names {rival_name}, who is on the same slate. Leave the name out.")
    blanks = drafts.blanks(message_text)
    if blanks:
        raise RuleBroken.at("body", f"Fill in what stands in brackets first: {blanks[0]}")
    key = drafts.text_key(message_text, names=(application.candidate.name, act.actor.name))
    if not key:
        raise RuleBroken.at("body", "Write the message.")
    to = address_of(application)
    if not to:
        raise Conflict(f"No e-mail address of {application.candidate.name} is on record. Enter one, or call.")
    earlier_message = session.scalars(select(Letter).where(Letter.text_key == key)).first()
    if earlier_message is not None:
        raise RuleBroken.at(
            "body", "This was sent to them already." if earlier_message.application_id == application.id else SAME
        )
    contact = contact_services.Contact(Direction.TO, Channel.EMAIL, kind, message_text)
    touch = contact_services.record_contact(session, application=application, contact=contact, act=act)
    sent_message = Letter(
        application_id=application.id,
        touchpoint_id=touch.id,
        subject=subject_line,
        text_key=key,
        by_id=act.actor.id,
        at=act.now,
    )
    try:
        with session.begin_nested():
            session.add(sent_message)
    except IntegrityError:  # sent to somebody in the same moment
        raise RuleBroken.at("body", SAME) from None
    payload = {"to": to, "name": application.candidate.name, "subject": subject_line, "body": message_text}
    jobs.enqueue(session, "mail", payload=payload, now=act.now, asked_by_id=act.actor.id)
    audit.record(session, action=AuditAction.LETTER_SENT, subject=sent_message, act=act)
    return sent_message


def unanswered(session: Session, application_ids: Sequence[int]) -> dict[int, dt.datetime]:
    """When the last message was sent to each of some finalists who have not answered since; one statement."""
    sent = (
        select(Letter.application_id, func.max(Letter.at).label("at"))
        .where(Letter.application_id.in_(application_ids))
        .group_by(Letter.application_id)
        .subquery()
    )
    reply = select(Touchpoint.id).where(
        Touchpoint.application_id == sent.c.application_id,
        Touchpoint.direction == Direction.FROM,
        Touchpoint.at >= sent.c.at,
    )
    statement = select(sent.c.application_id, sent.c.at).where(~reply.exists())
    return {row[0]: row[1] for row in session.execute(statement)}
