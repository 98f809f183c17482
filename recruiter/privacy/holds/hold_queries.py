"""Who is on legal hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from recruiter.candidates.models import Candidate
from recruiter.foundation.database.scope import Scope
from recruiter.pipeline.models import Application
from recruiter.privacy.models import LegalHold


def _running(today: dt.date, without: LegalHold | None = None) -> Select[LegalHold]:
    query = select(LegalHold).where(LegalHold.lifted_at.is_(None), LegalHold.until >= today)
    return query if without is None else query.where(LegalHold.id != without.id)


def holds_on(session: Session, *, candidate_ids: Collection[int], today: dt.date) -> list[LegalHold]:
    """The holds that keep a person's data: on the person, or on a requisition on which they were."""
    requisitions = select(Application.requisition_id).where(Application.candidate_id.in_(candidate_ids))
    concerns = or_(LegalHold.candidate_id.in_(candidate_ids), LegalHold.requisition_id.in_(requisitions))
    query = _running(today).where(concerns).options(joinedload(LegalHold.set_by), joinedload(LegalHold.requisition))
    return list(session.scalars(query.order_by(LegalHold.id)))


def requisition_holds(session: Session, *, today: dt.date, within: Scope) -> list[LegalHold]:
    """The holds on requisitions in sight, the one that ends first first."""
    query = _running(today).where(within.contains(LegalHold.requisition_id))
    query = query.options(joinedload(LegalHold.set_by), joinedload(LegalHold.requisition))
    return list(session.scalars(query.order_by(LegalHold.until, LegalHold.id)))


def any_hold(session: Session, *, today: dt.date) -> bool:
    """Whether anybody or any requisition is on hold today."""
    return session.scalars(_running(today).limit(1)).first() is not None


def held_candidate_ids(session: Session, *, today: dt.date, without: LegalHold | None = None) -> set[int]:
    """Everybody who is on hold today, by number; of a person with several records all that are named.

    `without` leaves one hold out, to tell what it alone keeps.
    """
    running = _running(today, without).subquery()
    by_requisition = select(Application.candidate_id).where(
        Application.requisition_id.in_(select(running.c.requisition_id).where(running.c.requisition_id.is_not(None)))
    )
    query = select(Candidate.id, Candidate.merged_into_id).where(
        or_(
            Candidate.id.in_(select(running.c.candidate_id).where(running.c.candidate_id.is_not(None))),
            Candidate.id.in_(by_requisition),
        )
    )
    return {number for row in session.execute(query) for number in row if number is not None}


def held_requisition_ids(session: Session, *, today: dt.date, without: LegalHold | None = None) -> set[int]:
    """The requisitions that are on hold today, `without` one hold."""
    running = _running(today, without).with_only_columns(LegalHold.requisition_id)
    return {number for number in session.scalars(running) if number is not None}


def people_kept_by(session: Session, hold: LegalHold, *, today: dt.date) -> int:
    """How many people are kept by one hold alone: they can be erased once it is lifted."""
    freed = held_candidate_ids(session, today=today) - held_candidate_ids(session, today=today, without=hold)
    people = select(Candidate.id).where(Candidate.merged_into_id.is_(None), Candidate.erased_at.is_(None))
    return len(freed & set(session.scalars(people)))
