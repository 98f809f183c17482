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

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.foundation import jobs, text, tokens
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.messages import drafts
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline.models import Application, ApplicationStatus, UndoToken

KIND = "message"
LEAVES_AFTER = dt.timedelta(minutes=5)
LONGEST_SUBJECT, LONGEST_BODY, MOST = 200, 5000, 100
PLACES = {
    "first name": lambda one: one.candidate.name.split()[0] if one.candidate.name.split() else one.candidate.name,
    "name": lambda one: one.candidate.name,
    "requisition": lambda one: one.requisition.title,
    "stage": lambda one: one.stage.name,
}


@dataclass(frozen=True)
class Message:
    """What one candidate gets."""

    application: Application
    subject: str
    body: str


def address_of(candidate: Candidate) -> str | None:
    """Where a candidate reads mail; None where no address is known."""
    return next((one.value for one in candidate.contacts if one.kind == ContactKind.EMAIL), None)


def written(words: str, application: Application, *, at: str = "body") -> str:
    """A text (or `at` the subject) with its places filled in for one candidate. Raises RuleBroken for a place that there is not."""
    where = " in the subject" if at == "subject" else ""

    def fill(found: re.Match[str]) -> str:
        name = " ".join(found.group(1).lower().split())
        if name not in PLACES:
            known = ", ".join(f"{{{one}}}" for one in PLACES)
            raise RuleBroken.at(at, f"There is no {{{found.group(1)}}}{where}. Use {known}.")
        return str(PLACES[name](application))

    return re.sub(r"\{([^{}\n]{1,40})\}", fill, words)


def _is_finalist(application: Application) -> bool:
    return application.finalist is not None and application.status == ApplicationStatus.ACTIVE


def _bare(message: Message) -> str:
    """A text without what names its reader, in the form in which two are compared."""
    words = text.folded(message.body)
    for part in text.folded(message.application.candidate.name).split():
        words = words.replace(part, "")
    return re.sub(r"\W+", "", words)


def check(messages: Sequence[Message]) -> None:
    """Refuse what cannot be sent: nobody, no address, no words, or the same words to two finalists. Raises RuleBroken."""
    if not messages:
        raise RuleBroken("Choose at least one person to write to.")
    if len(messages) > MOST:
        raise RuleBroken(f"Write to at most {MOST} people at a time.")
    seen: dict[str, str] = {}
    for one in messages:
        name = one.application.candidate.name
        if address_of(one.application.candidate) is None:
            raise RuleBroken(f"No e-mail address of {name} is known. Leave them out, or add one.")
        subject, body = text.clean(one.subject), text.clean(one.body)
        if not subject or not body:
            raise RuleBroken(f"Write a subject and a text to {name}.")
        if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
            raise RuleBroken(f"The message to {name} is longer than {LONGEST_BODY:,} characters.")
        if _is_finalist(one.application):
            before = seen.setdefault(_bare(one), name)
            if before != name:
                raise RuleBroken(
                    f"{before} and {name} are finalists, and their texts are the same. Write to each in words of their own."
                )


def _key(one: Message, actor: User) -> str:
    """What a text is compared by across all that was ever sent; empty for who is no finalist: they may get the same news."""
    names = (one.application.candidate.name, actor.name)
    return drafts.text_key(text.clean(one.body), names=names) if _is_finalist(one.application) else ""


def _check_new(session: Session, keys: Sequence[tuple[Message, str]]) -> None:
    """Refuse a text that another finalist was sent, or that is on its way to one. Raises RuleBroken."""
    wanted = {key for _, key in keys if key}
    sent = select(Letter.text_key, Letter.application_id).where(Letter.text_key.in_(wanted))
    whose = {row[0]: row[1] for row in session.execute(sent)}
    waiting = select(Job.payload).where(Job.kind == KIND, Job.status == JobStatus.QUEUED)
    for payload in session.scalars(waiting):
        whose.setdefault(payload.get("key", ""), payload.get("application_id"))
    for one, key in keys:
        if key and key in whose and whose[key] != one.application.id:
            raise RuleBroken(
                f"Another finalist was sent this very text. Write to {one.application.candidate.name} in words of their own."
            )


def send(session: Session, *, messages: Sequence[Message], actor: User, now: dt.datetime) -> str:
    """Let several messages leave in a few minutes; all or none. Answers the token that withdraws them. Raises RuleBroken."""
    check(messages)
    keys = [(one, _key(one, actor)) for one in messages]
    _check_new(session, keys)
    made = []
    for one, key in keys:
        candidate = one.application.candidate
        payload = {
            "application_id": one.application.id,
            "to": address_of(candidate),
            "name": candidate.name,
            "subject": text.clean(one.subject),
            "body": text.clean(one.body),
            "key": key,
        }
        job = jobs.enqueue(session, KIND, payload=payload, now=now, due_at=now + LEAVES_AFTER, asked_by_id=actor.id)
        audit.record(session, action="message.asked", subject=one.application, actor_id=actor.id, at=now)
        made.append(job.id)
    secret = tokens.new()
    rows = [{"id": one.application.id} for one in messages]
    session.add(
        UndoToken(
            digest=tokens.digest(secret),
            user_id=actor.id,
            action="messaged",
            payload={"rows": rows, "jobs": made},
            created_at=now,
        )
    )
    session.flush()
    return secret


def withdraw(
    session: Session, *, job_ids: Sequence[int], actor: User, applications: Sequence[Application], now: dt.datetime
) -> None:
    """Take messages back that have not left. Raises Conflict, and takes none back, where one has."""
    gone = delete(Job).where(Job.id.in_(job_ids), Job.kind == KIND, Job.status == JobStatus.QUEUED, Job.tries == 0)
    done = session.execute(gone, execution_options={"synchronize_session": False})
    if done.rowcount != len(job_ids):  # type: ignore[attr-defined]  # a deletion answers with a CursorResult
        raise Conflict("These messages have left already, so they cannot be taken back.")
    for one in applications:
        audit.record(session, action="message.withdrawn", subject=one, actor_id=actor.id, at=now)


def left(
    session: Session, *, application_id: int, subject: str, body: str, key: str, actor: User, now: dt.datetime
) -> None:
    """Record the contact that a message is once it has left; to a finalist also its text, which nobody else gets any more."""
    application = session.get(Application, application_id)
    if application is not None:
        contact = contact_services.Contact(Direction.TO, Channel.EMAIL, TouchKind.UPDATE, body)
        touch = contact_services.touch(session, application=application, contact=contact, actor=actor, now=now)
        if key and session.scalar(select(Letter.id).where(Letter.text_key == key).limit(1)) is None:
            row = {"application_id": application.id, "touchpoint_id": touch.id, "subject": subject, "text_key": key}
            session.add(Letter(**row, by_id=actor.id, at=now))
