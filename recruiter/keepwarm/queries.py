"""Reading contacts, promises, concerns, readiness, losses and promotions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.foundation.errors import NotFound
from recruiter.keepwarm.models.records import Concern, FallThrough, Promise, Promotion, Readiness, Touchpoint
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition
from recruiter.scorecards import queries as scorecards

ENDED = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN)


def touchpoints_of(session: Session, application: Application) -> list[Touchpoint]:
    """Every contact with a candidate on one application, the latest first."""
    wanted = select(Touchpoint).where(Touchpoint.application_id == application.id)
    loaded = wanted.options(joinedload(Touchpoint.by)).order_by(Touchpoint.at.desc(), Touchpoint.id.desc())
    return list(session.scalars(loaded))


def promises_of(session: Session, application: Application) -> list[Promise]:
    """Every promise on one application, oldest first."""
    wanted = select(Promise).where(Promise.application_id == application.id).order_by(Promise.id)
    return list(session.scalars(wanted.options(joinedload(Promise.made_by))))


def promises_by_application(session: Session, application_ids: Sequence[int]) -> dict[int, list[Promise]]:
    """Every promise of some applications, oldest first, in one statement."""
    found: dict[int, list[Promise]] = {}
    wanted = select(Promise).where(Promise.application_id.in_(application_ids)).order_by(Promise.id)
    for one in session.scalars(wanted):
        found.setdefault(one.application_id, []).append(one)
    return found


def concerns_of(session: Session, application: Application) -> list[Concern]:
    """Every concern on one application, oldest first."""
    wanted = select(Concern).where(Concern.application_id == application.id).order_by(Concern.id)
    return list(session.scalars(wanted.options(joinedload(Concern.owner))))


def readiness_of(session: Session, application: Application) -> Readiness | None:
    """What is known of a finalist's readiness."""
    return session.scalars(select(Readiness).where(Readiness.application_id == application.id)).first()


def open_losses(
    session: Session, requisition_ids: Sequence[int] | Select[Any], *, viewer: User | None = None
) -> dict[int, FallThrough]:
    """First choices that were lost and have no successor yet, by requisition: the seat is open and nobody came back.

    Searches on which the viewer owes a card are left out.
    """
    wanted = (
        select(FallThrough)
        .join(Application, Application.id == FallThrough.application_id)
        .outerjoin(Promotion, and_(Promotion.fall_through_id == FallThrough.id, Promotion.undone_at.is_(None)))
        .outerjoin(Opening, Opening.id == FallThrough.opening_id)
        .where(
            FallThrough.requisition_id.in_(requisition_ids),
            Promotion.id.is_(None),
            FallThrough.taken_back_at.is_(None),
            Application.status.in_(ENDED),
            or_(Opening.id.is_(None), Opening.status == OpeningStatus.OPEN),
        )
        .order_by(FallThrough.id)
    )
    if viewer is not None:
        wanted = wanted.where(FallThrough.requisition_id.not_in(scorecards.searches_owed_on(viewer)))
    return {one.requisition_id: one for one in session.scalars(wanted)}


def promotions_of(session: Session, requisition: Requisition) -> list[Promotion]:
    """Who was put on after whom, the latest first; without those that were taken back."""
    there = Promotion.requisition_id == requisition.id, Promotion.undone_at.is_(None)
    wanted = select(Promotion).where(*there).order_by(Promotion.id.desc())
    return list(session.scalars(wanted.options(joinedload(Promotion.fall_through))))


def losses_of(session: Session, requisition: Requisition) -> list[FallThrough]:
    """First choices lost on a requisition, the latest first; without those that were taken back."""
    there = FallThrough.requisition_id == requisition.id, FallThrough.taken_back_at.is_(None)
    wanted = select(FallThrough).where(*there).order_by(FallThrough.id.desc())
    return list(session.scalars(wanted))


def application_of(session: Session, one: Promise | Concern) -> Application:
    """The application that a promise or a concern belongs to."""
    found = session.get(Application, one.application_id)
    if found is None:
        raise NotFound
    return found
