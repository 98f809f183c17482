"""Finding requisitions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.foundation.database import paging
from recruiter.foundation.database.scope import Scope, listed
from recruiter.foundation.database.word_search import has_words
from recruiter.foundation.errors import NotFound, RuleBroken
from recruiter.requisitions.models import (
    Member,
    MemberKind,
    Requisition,
    RequisitionChange,
    RequisitionStatus,
    Stage,
    StageKind,
)

OPEN = frozenset({RequisitionStatus.OPEN})
TAKES_PEOPLE = frozenset({RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD})
SORTS = {"key": Requisition.key, "title": Requisition.title, "created_at": Requisition.created_at}


def by_key(session: Session, key: str) -> Requisition | None:
    """The requisition with this readable key."""
    return session.scalars(select(Requisition).where(Requisition.key == key.upper())).first()


def for_board(session: Session, requisition: Requisition) -> Requisition:
    """A requisition with what the head of its pages shows (stages, band, hiring manager), in one statement."""
    query = (
        select(Requisition)
        .where(Requisition.id == requisition.id)
        .options(
            joinedload(Requisition.stages),
            joinedload(Requisition.attributes),
            joinedload(Requisition.band),
            joinedload(Requisition.hiring_manager),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).unique().one()


def _with_related(statement: Select[Any]) -> Select[Any]:
    return statement.options(
        selectinload(Requisition.stages),
        selectinload(Requisition.openings),
        selectinload(Requisition.attributes),
        selectinload(Requisition.members),
        selectinload(Requisition.hiring_manager),
        selectinload(Requisition.band),
    )


def page(
    session: Session,
    *,
    within: Scope,
    limit: int,
    cursor: str | None = None,
    q: str = "",
    status: RequisitionStatus | None = None,
    imported: bool | None = None,
) -> paging.Page[Requisition]:
    """Requisitions within sight, newest first, with everything that a list shows."""
    query = select(Requisition).where(within.contains(Requisition.id)).order_by(Requisition.id.desc()).limit(limit + 1)
    after = paging.decode(cursor, int)
    if after:
        query = query.where(Requisition.id < after[0])
    if q:
        query = query.where(has_words(Requisition.search_key.expression, q))
    if status:
        query = query.where(Requisition.status == status)
    if imported is not None:
        query = query.where(Requisition.imported.is_(imported))
    return paging.page_of(list(session.scalars(_with_related(query))), limit=limit, key=lambda last: (last.id,))


def history_of(session: Session, requisition: Requisition) -> list[RequisitionChange]:
    """What was changed about a requisition's people and seats, newest first."""
    query = select(RequisitionChange).where(RequisitionChange.requisition_id == requisition.id)
    newest_first = query.order_by(RequisitionChange.id.desc()).options(joinedload(RequisitionChange.by))
    return list(session.scalars(newest_first))


def abandoned(*, without: User | None = None) -> Select[int]:
    """Ids of the confidential requisitions of which nobody who is on them can sign in any more, or could `without` somebody."""
    active, member = select(User.id).where(User.active), select(Member.requisition_id)
    active = active.where(User.id != without.id) if without is not None else active
    return select(Requisition.id).where(
        Requisition.confidential,
        Requisition.hiring_manager_id.not_in(active),
        Requisition.created_by_id.not_in(active),
        Requisition.id.not_in(member.where(Member.user_id.in_(active))),
    )


def abandoned_requisitions(session: Session, *, by: User | None = None) -> list[Requisition]:
    """The confidential requisitions that nobody reaches, oldest first; `by` somebody: those that nobody would reach without them."""
    query = select(Requisition).where(Requisition.id.in_(abandoned(without=by)))
    query = query.where(Requisition.id.not_in(abandoned())) if by is not None else query
    return list(session.scalars(query.order_by(Requisition.id)))


def abandoned_requisition(session: Session, number: int) -> Requisition:
    """One of them. Raises NotFound for any other, so that nothing is told of searches that go on."""
    wanted = select(Requisition).where(Requisition.id == number, Requisition.id.in_(abandoned()))
    requisition = session.scalars(wanted).first()
    if requisition is None:
        raise NotFound
    return requisition


def is_run_by(user_id: int) -> ColumnElement[bool]:
    """Whether somebody hires for a requisition or recruits for it."""
    recruited_ids = select(Member.requisition_id).where(Member.user_id == user_id, Member.kind == MemberKind.RECRUITER)
    return or_(Requisition.hiring_manager_id == user_id, Requisition.id.in_(recruited_ids))


def run_by(user_id: int) -> Scope:
    """The requisitions that somebody hires for or recruits for."""
    return listed(select(Requisition.id).where(is_run_by(user_id)))


class RequisitionName(NamedTuple):
    """What a requisition is called and how it is addressed, for lists of links and choices; `place` is where, else in which department."""

    id: int
    key: str
    title: str
    place: str


def open_of_user(session: Session, *, user_id: int, within: Scope, limit: int) -> list[RequisitionName]:
    """The open requisitions that somebody hires for or recruits for, newest first."""
    return _names(session, is_run_by(user_id), statuses=OPEN, within=within, limit=limit)


def open_within(session: Session, *, within: Scope, limit: int) -> list[RequisitionName]:
    """The open requisitions within sight, newest first."""
    return _names(session, statuses=OPEN, within=within, limit=limit)


def taking_people(session: Session, *, within: Scope, limit: int) -> list[RequisitionName]:
    """The requisitions within sight that somebody may be entered for, those that are still to be filled; newest first."""
    return _names(session, statuses=TAKES_PEOPLE, within=within, limit=limit)


def _names(
    session: Session,
    *conditions: ColumnElement[bool],
    statuses: Collection[RequisitionStatus],
    within: Scope,
    limit: int,
) -> list[RequisitionName]:
    place = func.coalesce(func.nullif(Requisition.location, ""), Requisition.department)
    query = select(Requisition.id, Requisition.key, Requisition.title, place).where(*conditions)
    query = query.where(Requisition.status.in_(statuses), within.contains(Requisition.id))
    rows = session.execute(query.order_by(Requisition.id.desc()).limit(limit))
    return [RequisitionName._make(row) for row in rows]


def stage_by_name(requisition: Requisition, name: str, *, field: str = "stage") -> Stage:
    """The stage of this name, whatever its case; RuleBroken at `field` where there is none."""
    key = text.folded(name)
    stage = next((stage for stage in requisition.stages if text.folded(stage.name) == key), None)
    if stage is None:
        raise RuleBroken.at(field, f"There is no stage {name} on {requisition.key}.")
    return stage


def stage_of_kind(requisition: Requisition, kind: StageKind) -> Stage | None:
    """The first stage of a kind."""
    return next((stage for stage in requisition.stages if stage.kind == kind), None)
