"""Reading the audit trail."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import rules
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import AuditEntry, AuditHead, Subject


@dataclass(frozen=True)
class Verdict:
    """Whether the chain is whole; otherwise the first entry that is not as it was written."""

    whole: bool
    entries: int
    first_bad: int | None
    head: str


def verify(session: Session) -> Verdict:
    """Recompute the chain from its first entry; a changed, missing or foreign entry is named."""
    before, count = rules.START, 0
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)).yield_per(1000):
        if entry.prev_hash != before or entry.hash != rules.chained(before, entry):
            return Verdict(whole=False, entries=count, first_bad=entry.id, head=before)
        before, count = entry.hash, count + 1
    head = session.scalars(select(AuditHead.entry_hash)).first() or rules.START
    return Verdict(whole=head == before, entries=count, first_bad=None, head=before)


def trail_of(session: Session, *, object_type: str, object_id: int) -> list[AuditEntry]:
    """Everything that happened to one thing, oldest first."""
    wanted = select(AuditEntry).where(AuditEntry.object_type == object_type, AuditEntry.object_id == object_id)
    return list(session.scalars(wanted.order_by(AuditEntry.id)))


def latest_of(session: Session, subject: Subject, *, action: AuditAction | None = None) -> AuditEntry | None:
    """What happened to one thing last, or the last act of one kind; None where nothing is on record."""
    query = select(AuditEntry).where(
        AuditEntry.object_type == type(subject).__name__.lower(), AuditEntry.object_id == subject.id
    )
    if action is not None:
        query = query.where(AuditEntry.action == action.value)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).first()
