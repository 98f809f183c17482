"""The history of applications: moves, endings and owners, of one or of several at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, lazyload

from recruiter.candidates.models import Candidate, Subject
from recruiter.foundation.database.scope import Scope
from recruiter.pipeline.models import Application, ApplicationStatus, OwnerChange, StageChange, StatusChange


def moves_among(session: Session, application_ids: Sequence[int]) -> list[StageChange]:
    """Every move of some applications, oldest first."""
    query = select(StageChange).where(StageChange.application_id.in_(application_ids)).order_by(StageChange.id)
    related = joinedload(StageChange.from_stage), joinedload(StageChange.to_stage), joinedload(StageChange.moved_by)
    return list(session.scalars(query.options(*related)))


def status_changes_among(session: Session, application_ids: Sequence[int]) -> list[StatusChange]:
    """Every ending and reopening of some applications, oldest first."""
    query = select(StatusChange).where(StatusChange.application_id.in_(application_ids)).order_by(StatusChange.id)
    return list(session.scalars(query.options(joinedload(StatusChange.changed_by))))


def owner_changes_among(session: Session, application_ids: Sequence[int]) -> list[OwnerChange]:
    """Every time that some applications went to another owner, oldest first."""
    query = select(OwnerChange).where(OwnerChange.application_id.in_(application_ids)).order_by(OwnerChange.id)
    people = joinedload(OwnerChange.from_owner), joinedload(OwnerChange.to_owner), joinedload(OwnerChange.changed_by)
    return list(session.scalars(query.options(*people)))


def latest_change(session: Session, application: Application) -> tuple[str, str, dt.datetime]:
    """Who changed an application last, the stage that it was moved to (empty where its status changed), and when."""
    move = moves_among(session, [application.id])[-1]
    changes = status_changes_among(session, [application.id])
    if changes and changes[-1].changed_at >= move.moved_at and changes[-1].status != ApplicationStatus.ACTIVE:
        return changes[-1].changed_by.name, "", changes[-1].changed_at
    return move.moved_by.name, move.to_stage.name, move.moved_at


def application_count(session: Session, candidate: Candidate) -> int:
    """How many applications a person has, those out of everybody's sight too."""
    query = select(func.count()).select_from(Application).where(Application.candidate_id == candidate.id)
    return session.scalar(query) or 0


def applications_among(
    session: Session, candidate_ids: Sequence[int], *, within: Scope
) -> dict[int, list[Application]]:
    """The applications of some people within sight, the latest first, with stage and requisition; in one statement."""
    applications_by_candidate: dict[int, list[Application]] = defaultdict(list)
    query = select(Application).where(Application.candidate_id.in_(candidate_ids), within.contains(Application.id))
    related = joinedload(Application.stage), joinedload(Application.requisition).lazyload("*")
    query = query.options(*related, lazyload(Application.finalist)).order_by(Application.id.desc())
    for application in session.scalars(query):
        applications_by_candidate[application.candidate_id].append(application)
    return applications_by_candidate


def latest_or_person(session: Session, candidate: Candidate, *, within: Scope) -> Subject:
    """What a consent is asked about: the latest application of a person within sight, else the person as such."""
    applications = applications_among(session, [candidate.id], within=within).get(candidate.id, [])
    return next(iter(applications), candidate)
