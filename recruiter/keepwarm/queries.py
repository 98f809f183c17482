"""Reading contacts, promises, concerns, readiness, losses and promotions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.accounts.models import User
from recruiter.foundation.database.db import Model
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.errors import NotFound
from recruiter.keepwarm.models.records import Concern, FallThrough, Promise, Promotion, Readiness, Touchpoint
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Opening, OpeningStatus, Requisition, RequisitionStatus
from recruiter.scorecards import queries as scorecards

Record = TypeVar("Record", bound=Model)
ENDED = (ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN)
ASLEEP = (RequisitionStatus.CLOSED, RequisitionStatus.DRAFT)  # searches on which nobody waits for us


def with_person(finalists: Select[Finalist]) -> Select[Finalist]:
    """Finalists joined with their application, with what lists show of it."""
    application = contains_eager(Finalist.application)
    return finalists.join(Finalist.application).options(
        application.joinedload(Application.candidate),
        application.joinedload(Application.stage),
        application.joinedload(Application.requisition),
    )


def in_running(within: Scope) -> Select[Finalist]:
    """Finalists who are in the running, on those of some searches that go on."""
    active_searches = select(Requisition.id).where(Requisition.status.not_in(ASLEEP))
    return with_person(select(Finalist)).where(
        within.contains(Finalist.requisition_id),
        Finalist.requisition_id.in_(active_searches),
        Application.status == ApplicationStatus.ACTIVE,
    )


def touchpoints_among(session: Session, application_ids: Sequence[int]) -> list[Touchpoint]:
    """Every contact on some applications, in the order in which they were recorded."""
    statement = select(Touchpoint).where(Touchpoint.application_id.in_(application_ids)).order_by(Touchpoint.id)
    return list(session.scalars(statement.options(joinedload(Touchpoint.by))))


def touchpoints_of(session: Session, application: Application) -> list[Touchpoint]:
    """Every contact with a candidate on one application, the latest first."""
    return sorted(touchpoints_among(session, [application.id]), key=lambda touch: (touch.at, touch.id), reverse=True)


def promises_among(session: Session, application_ids: Sequence[int]) -> list[Promise]:
    """Every promise on some applications, oldest first."""
    statement = select(Promise).where(Promise.application_id.in_(application_ids)).order_by(Promise.id)
    return list(session.scalars(statement.options(joinedload(Promise.made_by))))


def promises_of(session: Session, application: Application) -> list[Promise]:
    """Every promise on one application, oldest first."""
    return promises_among(session, [application.id])


def concerns_of(session: Session, application: Application) -> list[Concern]:
    """Every concern on one application, oldest first."""
    statement = select(Concern).where(Concern.application_id == application.id).order_by(Concern.id)
    return list(session.scalars(statement.options(joinedload(Concern.owner), joinedload(Concern.handed_from))))


def readiness_of(session: Session, application: Application) -> Readiness | None:
    """What is known of a finalist's readiness."""
    return session.scalars(select(Readiness).where(Readiness.application_id == application.id)).first()


def open_losses(
    session: Session, requisition_ids: Sequence[int] | Select[Any], *, viewer: User | None = None
) -> dict[int, FallThrough]:
    """First choices that were lost and have no successor yet, by requisition: the seat is open and nobody came back.

    Searches on which the viewer owes a card are left out.
    """
    statement = (
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
        statement = statement.where(FallThrough.requisition_id.not_in(scorecards.slates_owed_by(viewer)))
    return {loss.requisition_id: loss for loss in session.scalars(statement)}


def promotions_of(session: Session, requisition: Requisition) -> list[Promotion]:
    """Who was put on after whom, the latest first; without those that were taken back."""
    current = Promotion.requisition_id == requisition.id, Promotion.undone_at.is_(None)
    statement = select(Promotion).where(*current).order_by(Promotion.id.desc())
    return list(session.scalars(statement.options(joinedload(Promotion.fall_through))))


def losses_of(session: Session, requisition: Requisition) -> list[FallThrough]:
    """First choices lost on a requisition, the latest first; without those that were taken back."""
    current = FallThrough.requisition_id == requisition.id, FallThrough.taken_back_at.is_(None)
    statement = select(FallThrough).where(*current).order_by(FallThrough.id.desc())
    return list(session.scalars(statement))


def record_of(session: Session, model: type[Record], number: int) -> Record:
    """The record with a number. Raises NotFound where it is not there any more."""
    record = session.get(model, number)
    if record is None:
        raise NotFound
    return record
