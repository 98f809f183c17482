"""Moves and endings of several applications at once, for the timeline of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.candidates.models import Candidate
from recruiter.pipeline.models import Application, StageChange, StatusChange


def moves_among(session: Session, application_ids: Sequence[int]) -> list[StageChange]:
    """Every move of some applications, oldest first."""
    wanted = select(StageChange).where(StageChange.application_id.in_(application_ids)).order_by(StageChange.id)
    loaded = wanted.options(
        joinedload(StageChange.from_stage), joinedload(StageChange.to_stage), joinedload(StageChange.moved_by)
    )
    return list(session.scalars(loaded))


def endings_among(session: Session, application_ids: Sequence[int]) -> list[StatusChange]:
    """Every ending and reopening of some applications, oldest first."""
    wanted = select(StatusChange).where(StatusChange.application_id.in_(application_ids)).order_by(StatusChange.id)
    return list(session.scalars(wanted.options(joinedload(StatusChange.changed_by))))


def count_of(session: Session, candidate: Candidate) -> int:
    """How many applications a person has, those out of everybody's sight too."""
    wanted = select(func.count()).select_from(Application).where(Application.candidate_id == candidate.id)
    return session.scalar(wanted) or 0
