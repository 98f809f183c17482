"""Reading applications, their history and the slate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.database import paging
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


def latest_change(session: Session, application: Application) -> tuple[str, str, dt.datetime]:
    """Who changed an application last, the stage that it was moved to (empty where its status changed), and when."""
    move = moves_of(session, application)[-1]
    ends = endings_of(session, application)
    if ends and ends[-1].changed_at >= move.moved_at and ends[-1].status != ApplicationStatus.ACTIVE:
        return ends[-1].changed_by.name, "", ends[-1].changed_at
    return move.moved_by.name, move.to_stage.name, move.moved_at


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
        joinedload(Application.candidate),
        joinedload(Application.stage),
        joinedload(Application.credited_to),
        joinedload(Application.owner),
        selectinload(Application.finalist),
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
    owner_id: int | None = None,
    unowned: bool = False,
) -> paging.Page[Application]:
    """Applications within sight, oldest first."""
    wanted = select(Application).where(Application.id.in_(within)).order_by(Application.id).limit(limit + 1)
    after = paging.decode(cursor, int)
    if after:
        wanted = wanted.where(Application.id > after[0])
    if requisition_id is not None:
        wanted = wanted.where(Application.requisition_id == requisition_id)
    if candidate_id is not None:
        wanted = wanted.where(Application.candidate_id == candidate_id)
    if stage:
        wanted = wanted.where(Application.stage_id.in_(select(Stage.id).where(Stage.name == stage)))
    if status:
        wanted = wanted.where(Application.status == status)
    if owner_id is not None or unowned:
        wanted = wanted.where(Application.owner_id.is_(None) if unowned else Application.owner_id == owner_id)
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


@dataclass(frozen=True)
class BoardRow:
    """What a card of the board is made from; `place` is the place on the slate, 1 for the first choice, `owner` whoever looks after them."""

    id: int
    name: str
    name_key: str
    headline: str
    stage_id: int
    stage_since: dt.datetime
    status: ApplicationStatus
    place: int | None
    named_at: dt.datetime | None
    candidate_id: int
    owner_id: int | None
    owner: str | None


def board_rows(session: Session, requisition: Requisition, *, only: int | None = None) -> list[BoardRow]:
    """The active and hired applications of a requisition as plain rows in one statement, those longest in their stage first.

    `only` narrows to one application.
    """
    wanted = (
        select(
            Application.id,
            Candidate.name,
            Candidate.name_key,
            Candidate.headline,
            Application.stage_id,
            Application.stage_since,
            Application.status,
            Finalist.position,
            Finalist.named_at,
            Application.candidate_id,
            User.id,
            User.name,
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(User, User.id == Application.owner_id)
        .outerjoin(Finalist, Finalist.application_id == Application.id)
        .where(
            Application.requisition_id == requisition.id,
            Application.status.in_([ApplicationStatus.ACTIVE, ApplicationStatus.HIRED]),
        )
        .order_by(Application.stage_since, Application.id)
    )
    if only is not None:
        wanted = wanted.where(Application.id == only)
    return [BoardRow(*tuple(row)) for row in session.execute(wanted)]


def standing_in(session: Session, requisition: Requisition) -> dict[int, int]:
    """How many people stand in each stage of a requisition, in the running or hired."""
    wanted = (
        select(Application.stage_id, func.count())
        .where(
            Application.requisition_id == requisition.id,
            Application.status.in_([ApplicationStatus.ACTIVE, ApplicationStatus.HIRED]),
        )
        .group_by(Application.stage_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def tallies(session: Session, requisition_ids: list[int]) -> dict[int, int]:
    """How many applications are active on each of some requisitions."""
    wanted = (
        select(Application.requisition_id, func.count())
        .where(Application.requisition_id.in_(requisition_ids), Application.status == ApplicationStatus.ACTIVE)
        .group_by(Application.requisition_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def slate_sizes(session: Session, requisition_ids: list[int]) -> dict[int, int]:
    """How many finalists are in the running on each of some requisitions."""
    wanted = (
        select(Finalist.requisition_id, func.count())
        .join(Application, Application.id == Finalist.application_id)
        .where(Finalist.requisition_id.in_(requisition_ids), Application.status == ApplicationStatus.ACTIVE)
        .group_by(Finalist.requisition_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}
