"""A message to several candidates: each in its own words, sent by a person, withdrawn while it has not left.

It leaves after a few minutes; only then is it a contact. Two finalists never get the same text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act, Actor
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline.models import Application, ApplicationStatus

KIND = "message"
LEAVES_AFTER = dt.timedelta(minutes=5)
LONGEST_SUBJECT, LONGEST_BODY, MOST = 200, 5000, 100
PLACEHOLDERS = {
    "first name": lambda application: (
        application.candidate.name.split()[0] if application.candidate.name.split() else application.candidate.name
    ),
    "name": lambda application: application.candidate.name,
    "requisition": lambda application: application.requisition.title,
    "stage": lambda application: application.stage.name,
}


@dataclass(frozen=True)
class Message:
    """What one candidate gets."""

    application: Application
    subject: str
    body: str


def address_of(candidate: Candidate) -> str | None:
    """Where a candidate reads mail; None where no address is known."""
    return next((contact.value for contact in candidate.contacts if contact.kind == ContactKind.EMAIL), None)


def fill_placeholders(template: str, application: Application, *, at: str = "body") -> str:
    """A text (or `at` the subject) with its places filled in for one candidate. Raises RuleBroken for a place that there is not."""
    where = " in the subject" if at == "subject" else ""

    def fill(match: re.Match[str]) -> str:
        name = " ".join(match.group(1).lower().split())
        if name not in PLACEHOLDERS:
            known_placeholders = ", ".join(f"{{{placeholder}}}" for placeholder in PLACEHOLDERS)
            raise RuleBroken.at(at, f"There is no {{{match.group(1)}}}{where}. Use {known_placeholders}.")
        return str(PLACEHOLDERS[name](application))

    return re.sub(r"\{([^{}\n]{1,40})\}", fill, template)


def _is_finalist(application: Application) -> bool:
    return application.finalist is not None and application.status == ApplicationStatus.ACTIVE


def _comparable(message: Message) -> str:
    """A text without what names its reader, in the form in which two are compared."""
    comparable_text = text.folded(message.body)
    for name_part in text.folded(message.application.candidate.name).split():
        comparable_text = comparable_text.replace(name_part, "")
    return re.sub(r"\W+", "", comparable_text)


def check(messages: Sequence[Message]) -> None:
    """Refuse what cannot be sent: nobody, no address, no words, or the same words to two finalists. Raises RuleBroken."""
    if not messages:
        raise RuleBroken("Choose at least one person to write to.")
    if len(messages) > MOST:
        raise RuleBroken(f"Write to at most {MOST} people at a time.")
    names_by_text: dict[str, str] = {}
    for message in messages:
        name = message.application.candidate.name
        if address_of(message.application.candidate) is None:
            raise RuleBroken(f"No e-mail address of {name} is known. Leave them out, or add one.")
        subject, body = text.clean(message.subject), text.clean(message.body)
        if not subject or not body:
            raise RuleBroken(f"Write a subject and a text to {name}.")
        if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
            raise RuleBroken(f"The message to {name} is longer than {LONGEST_BODY:,} characters.")
        if _is_finalist(message.application):
            earlier_name = names_by_text.setdefault(_comparable(message), name)
            if earlier_name != name:
                raise RuleBroken(
                    f"{earlier_name} and {name} are finalists, and their texts are the same. Write to each in words of their own."
                )


def _key(message: Message, actor: Actor) -> str:
    """What a text is compared by across all that was ever sent; empty for who is no finalist: they may get the same news."""
    names = (message.application.candidate.name, actor.name)
    return drafts.text_key(text.clean(message.body), names=names) if _is_finalist(message.application) else ""


def _check_new(session: Session, keys: Sequence[tuple[Message, str]]) -> None:
    """Refuse a text that another finalist was sent, or that is on its way to one. Raises RuleBroken."""
    new_keys = {key for _, key in keys if key}
    statement = select(Letter.text_key, Letter.application_id).where(Letter.text_key.in_(new_keys))
    application_ids = {row[0]: row[1] for row in session.execute(statement)}
    waiting = select(Job.payload).where(Job.kind == KIND, Job.status == JobStatus.QUEUED)
    for payload in session.scalars(waiting):
        application_ids.setdefault(payload.get("key", ""), payload.get("application_id"))
    for message, key in keys:
        if key and key in application_ids and application_ids[key] != message.application.id:
            raise RuleBroken(
                f"Another finalist was sent this very text. Write to {message.application.candidate.name} in words of their own."
            )


def send(session: Session, *, messages: Sequence[Message], act: Act) -> str:
    """Let several messages leave in a few minutes; all or none. Answers the token that withdraws them. Raises RuleBroken."""
    check(messages)
    keys = [(message, _key(message, act.actor)) for message in messages]
    _check_new(session, keys)
    job_ids = []
    for message, key in keys:
        candidate = message.application.candidate
        payload = {
            "application_id": message.application.id,
            "to": address_of(candidate),
            "name": candidate.name,
            "subject": text.clean(message.subject),
            "body": text.clean(message.body),
            "key": key,
        }
        job = jobs.enqueue(
            session, KIND, payload=payload, now=act.now, due_at=act.now + LEAVES_AFTER, asked_by_id=act.actor.id
        )
        audit.record(session, action=AuditAction.MESSAGE_ASKED, subject=message.application, act=act)
        job_ids.append(job.id)
    rows = [{"id": message.application.id} for message in messages]
    return undo_token_services.issue(
        session, action=UndoAction.MESSAGED, payload={"rows": rows, "jobs": job_ids}, act=act
    )


def withdraw(session: Session, *, job_ids: Sequence[int], act: Act, applications: Sequence[Application]) -> None:
    """Take messages back that have not left. Raises Conflict, and takes none back, where one has."""
    statement = delete(Job).where(Job.id.in_(job_ids), Job.kind == KIND, Job.status == JobStatus.QUEUED, Job.tries == 0)
    result = session.execute(statement, execution_options={"synchronize_session": False})
    if result.rowcount != len(job_ids):  # type: ignore[attr-defined]  # a deletion answers with a CursorResult
        raise Conflict("These messages have left already, so they cannot be taken back.")
    for application in applications:
        audit.record(session, action=AuditAction.MESSAGE_WITHDRAWN, subject=application, act=act)


def record_delivery(session: Session, *, application_id: int, subject: str, body: str, key: str, act: Act) -> None:
    """Record the contact that a message is once it has left; to a finalist also its text, which nobody else gets any more."""
    application = session.get(Application, application_id)
    if application is not None:
        contact = contact_services.Contact(Direction.TO, Channel.EMAIL, TouchKind.UPDATE, body)
        touch = contact_services.record_contact(session, application=application, contact=contact, act=act)
        if key and session.scalar(select(Letter.id).where(Letter.text_key == key).limit(1)) is None:
            fields = {"application_id": application.id, "touchpoint_id": touch.id, "subject": subject, "text_key": key}
            session.add(Letter(**fields, by_id=act.actor.id, at=act.now))
