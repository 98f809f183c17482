"""Reading applications, their history and the slate."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.foundation import paging
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist, StageChange, StatusChange
from recruiter.requisitions.models import Requisition, Stage


def moves_of(session: Session, application: Application) -> list[StageChange]:
    """Every move of an application, oldest first."""
    wanted = select(StageChange).where(StageChange.application_id == application.id).order_by(StageChange.id)
    return list(
        session.scalars(
            wanted.options(
                joinedload(StageChange.from_stage), joinedload(StageChange.to_stage), joinedload(StageChange.moved_by)
            )
        )
    )


def endings_of(session: Session, application: Application) -> list[StatusChange]:
    """Every ending and reopening of an application, oldest first."""
    wanted = select(StatusChange).where(StatusChange.application_id == application.id).order_by(StatusChange.id)
    return list(session.scalars(wanted.options(joinedload(StatusChange.changed_by))))


def finalists_of(session: Session, requisition: Requisition) -> list[Finalist]:
    """The slate of a requisition in its order, the ended ones among them."""
    wanted = select(Finalist).where(Finalist.requisition_id == requisition.id).order_by(Finalist.position, Finalist.id)
    loaded = joinedload(Finalist.application)
    return list(
        session.scalars(wanted.options(loaded.joinedload(Application.candidate), loaded.joinedload(Application.stage)))
    )


def bench_of(session: Session, requisition: Requisition) -> list[Finalist]:
    """The finalists who are still in the running, in their order."""
    return [one for one in finalists_of(session, requisition) if one.application.status == ApplicationStatus.ACTIVE]


def loaded(statement: Select[Application]) -> Select[Application]:
    """With what a list of applications shows."""
    return statement.options(
        joinedload(Application.candidate), joinedload(Application.stage), selectinload(Application.finalist)
    )


def listed(
    session: Session,
    *,
    within: Select[int],
    limit: int,
    cursor: str | None,
    requisition_id: int | None = None,
    candidate_id: int | None = None,
    stage: str | None = None,
    status: ApplicationStatus | None = None,
) -> paging.Page[Application]:
    """Applications within sight, oldest first."""
    wanted = select(Application).where(Application.id.in_(within)).order_by(Application.id).limit(limit + 1)
    after = paging.decode(cursor, length=1)
    if after:
        if not isinstance(after[0], int):
            raise paging.BadCursor("This is not the address of a next page. Start from the list again.")
        wanted = wanted.where(Application.id > after[0])
    if requisition_id is not None:
        wanted = wanted.where(Application.requisition_id == requisition_id)
    if candidate_id is not None:
        wanted = wanted.where(Application.candidate_id == candidate_id)
    if stage:
        wanted = wanted.where(Application.stage_id.in_(select(Stage.id).where(Stage.name == stage)))
    if status:
        wanted = wanted.where(Application.status == status)
    rows = list(session.scalars(loaded(wanted)))
    more = len(rows) > limit
    return paging.Page(rows[:limit], paging.encode(rows[limit - 1].id) if more else None)


def board_of(session: Session, requisition: Requisition) -> list[Application]:
    """The active and hired applications of a requisition, those longest in their stage first."""
    wanted = select(Application).where(
        Application.requisition_id == requisition.id,
        Application.status.in_([ApplicationStatus.ACTIVE, ApplicationStatus.HIRED]),
    )
    return list(session.scalars(loaded(wanted).order_by(Application.stage_since, Application.id)))
