"""Moves, endings and owners of several applications at once, for the timeline of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, lazyload

from recruiter.candidates.models import Candidate
from recruiter.pipeline.models import Application, OwnerChange, StageChange, StatusChange


def moves_among(session: Session, application_ids: Sequence[int]) -> list[StageChange]:
    """Every move of some applications, oldest first."""
    query = select(StageChange).where(StageChange.application_id.in_(application_ids)).order_by(StageChange.id)
    full_query = query.options(
        joinedload(StageChange.from_stage), joinedload(StageChange.to_stage), joinedload(StageChange.moved_by)
    )
    return list(session.scalars(full_query))


def endings_among(session: Session, application_ids: Sequence[int]) -> list[StatusChange]:
    """Every ending and reopening of some applications, oldest first."""
    query = select(StatusChange).where(StatusChange.application_id.in_(application_ids)).order_by(StatusChange.id)
    return list(session.scalars(query.options(joinedload(StatusChange.changed_by))))


def owner_changes_among(session: Session, application_ids: Sequence[int]) -> list[OwnerChange]:
    """Every time that some applications went to another owner, oldest first."""
    query = select(OwnerChange).where(OwnerChange.application_id.in_(application_ids)).order_by(OwnerChange.id)
    full_query = query.options(
        joinedload(OwnerChange.from_owner), joinedload(OwnerChange.to_owner), joinedload(OwnerChange.changed_by)
    )
    return list(session.scalars(full_query))


def application_count(session: Session, candidate: Candidate) -> int:
    """How many applications a person has, those out of everybody's sight too."""
    query = select(func.count()).select_from(Application).where(Application.candidate_id == candidate.id)
    return session.scalar(query) or 0


def applications_among(
    session: Session, candidate_ids: Sequence[int], *, within: Select[int]
) -> dict[int, list[Application]]:
    """The applications of some people within sight, the latest first, with stage and requisition; in one statement."""
    applications_by_candidate: dict[int, list[Application]] = {}
    query = select(Application).where(Application.candidate_id.in_(candidate_ids), Application.id.in_(within))
    full_query = query.options(
        joinedload(Application.stage), joinedload(Application.requisition).lazyload("*"), lazyload(Application.finalist)
    )
    for application in session.scalars(full_query.order_by(Application.id.desc())):
        applications_by_candidate.setdefault(application.candidate_id, []).append(application)
    return applications_by_candidate
