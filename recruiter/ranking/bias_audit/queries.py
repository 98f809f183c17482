"""Reading audits that were made."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.ranking.bias_audit.models import AuditRun


def latest(session: Session) -> AuditRun | None:
    """The last audit, None where none was made."""
    return session.scalars(select(AuditRun).order_by(AuditRun.id.desc()).limit(1)).first()


def earlier(session: Session, *, limit: int = 12) -> list[tuple[int, dt.datetime, str | None]]:
    """Number, date and model of the audits before the last one, newest first, without their figures."""
    query = select(AuditRun.id, AuditRun.made_at, AuditRun.model_version).order_by(AuditRun.id.desc())
    return [(number, made_at, version) for number, made_at, version in session.execute(query.offset(1).limit(limit))]
