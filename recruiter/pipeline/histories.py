"""Moves and endings of several applications at once, for the timeline of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.pipeline.models import StageChange, StatusChange


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
