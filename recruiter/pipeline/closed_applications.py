"""Who has left a search: the list of closed applications."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy
from recruiter.requisitions.models import Requisition, Stage


@dataclass(frozen=True)
class ClosedRow:
    """An application that has ended, as the list of closed ones shows it."""

    id: int
    name: str
    headline: str
    stage_id: int
    stage: str
    status: ApplicationStatus
    ended_by: EndedBy | None
    ended_at: dt.datetime | None
    reason: str | None


def closed_rows(
    session: Session, requisition: Requisition, *, name_key: str, limit: int, offset: int
) -> tuple[list[ClosedRow], int]:
    """Those of a requisition that have ended, the latest first, and how many there are in all. `key` is a part of a name, folded."""
    ended = [ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN]
    query = (
        select(
            Application.id,
            Candidate.name,
            Candidate.headline,
            Application.stage_id,
            Stage.name,
            Application.status,
            Application.ended_by,
            Application.ended_at,
            Application.reason,
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Stage, Stage.id == Application.stage_id)
        .where(Application.requisition_id == requisition.id, Application.status.in_(ended))
    )
    if name_key:
        query = query.where(Candidate.name_key.contains(name_key, autoescape=True))
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page_query = query.order_by(Application.ended_at.desc(), Application.id.desc()).limit(limit).offset(offset)
    return [ClosedRow(*row) for row in session.execute(page_query)], count
