"""Writing the audit trail, in the transaction of the change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import rules
from recruiter.audit.actions import CHANGES_NOTHING, AuditAction
from recruiter.audit.models import AuditEntry, AuditHead, Subject
from recruiter.foundation.act import Moment
from recruiter.foundation.database.db import Versioned, raise_version


def record(session: Session, *, action: AuditAction, subject: Subject, act: Moment, **detail: Any) -> AuditEntry:
    """Remember one change, which is flushed first. `detail` takes ids, states, counts and dates, never names, texts or amounts of money.

    The version of the subject rises with it, so that whoever acts on what they read before is told.
    """
    session.flush()
    if isinstance(subject, Versioned) and action not in CHANGES_NOTHING:
        raise_version(session, subject)
    head = session.scalars(select(AuditHead).with_for_update()).first()
    if head is None:
        head = AuditHead(entry_hash=rules.START)
        session.add(head)
        session.flush()
    entry = AuditEntry(
        at=act.now,
        actor_id=act.actor_id,
        action=action.value,
        object_type=type(subject).__name__.lower(),
        object_id=subject.id,
        detail=detail,
        prev_hash=head.entry_hash,
    )
    entry.hash = head.entry_hash = rules.chained(head.entry_hash, entry)
    session.add(entry)
    session.flush()
    return entry
