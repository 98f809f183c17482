"""Reading applications and the slate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.database import paging
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.database.word_search import has_words
from recruiter.pipeline.models import CLOSED, IN_PROCESS, Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, Stage


def finalists_of(session: Session, requisition: Requisition) -> list[Finalist]:
    """The slate of a requisition in its order, the ended ones among them."""
    query = select(Finalist).where(Finalist.requisition_id == requisition.id).order_by(Finalist.position, Finalist.id)
    application = joinedload(Finalist.application)
    related = application.joinedload(Application.candidate), application.joinedload(Application.stage)
    return list(session.scalars(query.options(*related)))


def bench_of(session: Session, requisition: Requisition) -> list[Finalist]:
    """The finalists who are still in the running, in their order."""
    return [finalist for finalist in finalists_of(session, requisition) if finalist.application.is_active]


def _with_related(statement: Select[Application]) -> Select[Application]:
    """With what a list of applications shows."""
    return statement.options(
        joinedload(Application.candidate),
        joinedload(Application.stage),
        joinedload(Application.credited_to),
        joinedload(Application.owner),
        joinedload(Application.requisition),
        joinedload(Application.finalist),
    )


def page(
    session: Session,
    *,
    within: Scope,
    limit: int,
    cursor: str | None = None,
    requisition_id: int | None = None,
    candidate_id: int | None = None,
    stage: str | None = None,
    status: ApplicationStatus | None = None,
    owner_id: int | None = None,
    unowned: bool = False,
) -> paging.Page[Application]:
    """Applications within sight, oldest first."""
    query = select(Application).where(within.contains(Application.id)).order_by(Application.id).limit(limit + 1)
    after = paging.decode(cursor, int)
    if after:
        query = query.where(Application.id > after[0])
    filters = {
        Application.requisition_id: requisition_id,
        Application.candidate_id: candidate_id,
        Application.status: status,
        Application.owner_id: owner_id,
    }
    query = query.where(*(column == value for column, value in filters.items() if value is not None))
    if stage:
        query = query.where(Application.stage_id.in_(select(Stage.id).where(Stage.name == stage)))
    if unowned:
        query = query.where(Application.owner_id.is_(None))
    return paging.page_of(list(session.scalars(_with_related(query))), limit=limit, key=lambda last: (last.id,))


def under_merged_records(session: Session, merged_records: Sequence[Candidate], *, within: Scope) -> list[Application]:
    """The closed applications within sight that stayed under records when these were merged into another, oldest first."""
    if not merged_records:
        return []
    ids = [record.id for record in merged_records]
    query = select(Application).where(Application.candidate_id.in_(ids), within.contains(Application.id))
    return list(session.scalars(_with_related(query).order_by(Application.id)))


def _in_process(requisition: Requisition) -> tuple[ColumnElement[bool], ...]:
    """On this requisition, in the running or hired: who stands on its board."""
    return Application.requisition_id == requisition.id, Application.status.in_(IN_PROCESS)


def board_applications(session: Session, requisition: Requisition) -> list[Application]:
    """The active and hired applications of a requisition, those longest in their stage first."""
    query = select(Application).where(*_in_process(requisition))
    return list(session.scalars(_with_related(query).order_by(Application.stage_since, Application.id)))


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
    owner_name: str | None


def board_rows(session: Session, requisition: Requisition, *, application_id: int | None = None) -> list[BoardRow]:
    """The active and hired applications of a requisition as plain rows in one statement, those longest in their stage first.

    `application_id` narrows to one application.
    """
    person = Candidate.name, Candidate.name_key, Candidate.headline
    state = Application.stage_id, Application.stage_since, Application.status
    slate = Finalist.position, Finalist.named_at
    query = (
        select(Application.id, *person, *state, *slate, Application.candidate_id, User.id, User.name)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(User, User.id == Application.owner_id)
        .outerjoin(Finalist, Finalist.application_id == Application.id)
        .where(*_in_process(requisition))
        .order_by(Application.stage_since, Application.id)
    )
    if application_id is not None:
        query = query.where(Application.id == application_id)
    return [BoardRow(*tuple(row)) for row in session.execute(query)]


def closed_applications(
    session: Session, requisition: Requisition, *, q: str, limit: int, offset: int
) -> tuple[list[Application], int]:
    """Those of a requisition that have ended, the latest first, and how many in all. With `q` those whose names have its words."""
    query = select(Application).join(Application.candidate).join(Application.stage)
    query = query.where(Application.requisition_id == requisition.id, Application.status.in_(CLOSED))
    if q:
        query = query.where(has_words(Candidate.name_key.expression, q))
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    related = contains_eager(Application.candidate), contains_eager(Application.stage)
    page = query.options(*related).order_by(Application.ended_at.desc(), Application.id.desc())
    return list(session.scalars(page.limit(limit).offset(offset))), count


def stage_counts(session: Session, requisition: Requisition) -> dict[int, int]:
    """How many people stand in each stage of a requisition, in the running or hired."""
    query = select(Application.stage_id, func.count()).where(*_in_process(requisition))
    return {row[0]: row[1] for row in session.execute(query.group_by(Application.stage_id))}


def active_counts(session: Session, requisition_ids: list[int], *, on_slate: bool = False) -> dict[int, int]:
    """How many applications are active on each of some requisitions; `on_slate` counts the finalists among them alone."""
    query = select(Application.requisition_id, func.count()).group_by(Application.requisition_id)
    query = query.where(Application.requisition_id.in_(requisition_ids), Application.status == ApplicationStatus.ACTIVE)
    if on_slate:
        query = query.join(Finalist, Finalist.application_id == Application.id)
    return {row[0]: row[1] for row in session.execute(query)}
