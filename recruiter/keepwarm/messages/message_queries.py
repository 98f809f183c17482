"""What is known of messages: addresses, the texts that were sent or are on their way, who has not answered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate, ContactKind
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.keepwarm.models.agreements import Letter
from recruiter.keepwarm.models.records import Direction, Touchpoint
from recruiter.pipeline.models import Application, Finalist

QUEUE = "message"


def address_of(candidate: Candidate) -> str:
    """Where a candidate reads mail; empty where no address is known."""
    return next((contact.value for contact in candidate.contacts if contact.kind == ContactKind.EMAIL), "")


def names_of_finalists(session: Session, requisition_ids: Collection[int]) -> dict[int, list[str]]:
    """The full names of everybody who was ever named on the slates of some requisitions; one statement."""
    statement = (
        select(Application.requisition_id, Candidate.name)
        .join(Application, Application.candidate_id == Candidate.id)
        .join(Finalist, Finalist.application_id == Application.id)
        .where(Application.requisition_id.in_(requisition_ids))
    )
    names: dict[int, list[str]] = defaultdict(list)
    for requisition_id, name in session.execute(statement):
        names[requisition_id].append(name)
    return names


def readers_of(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Which application got each of some texts, or is about to; two statements."""
    waiting = select(Job.payload).where(Job.kind == QUEUE, Job.status == JobStatus.QUEUED)
    readers = {payload.get("key", ""): payload.get("application_id", 0) for payload in session.scalars(waiting)}
    sent = select(Letter.text_key, Letter.application_id).where(Letter.text_key.in_(keys))
    readers |= {row.text_key: row.application_id for row in session.execute(sent)}
    return {key: readers[key] for key in keys if key and key in readers}


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
    return dict(session.execute(select(sent.c.application_id, sent.c.at).where(~reply.exists())).all())
