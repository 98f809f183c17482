"""Reading past decisions and fitted models."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.foundation.database.scope import Scope
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist, StageChange
from recruiter.ranking.models import ModelRun, PastDecision, Prediction, PredictionUse, RankingWish, SuggestionSwitch
from recruiter.requisitions.models import Requisition, RequisitionStatus, Stage, StageKind
from recruiter.scorecards.models import CardState, Scorecard


def active_run(session: Session) -> ModelRun | None:
    """The fit that carries suggestions, None where there is none."""
    return session.scalars(select(ModelRun).where(ModelRun.active).order_by(ModelRun.id.desc()).limit(1)).first()


def switch_and_active_run(session: Session) -> tuple[bool, ModelRun | None]:
    """Whether suggestions are on in the company, and the fit that carries them, in one statement."""
    last = select(func.max(SuggestionSwitch.id)).where(SuggestionSwitch.requisition_id.is_(None)).scalar_subquery()
    off = select(SuggestionSwitch.id).where(SuggestionSwitch.id == last, SuggestionSwitch.on.is_(False))
    newest = select(func.max(ModelRun.id)).where(ModelRun.active).scalar_subquery()
    single_row = select(literal(1).label("here")).subquery()
    query = select(off.exists(), ModelRun).select_from(single_row).outerjoin(ModelRun, ModelRun.id == newest)
    is_off, run = session.execute(query).one()
    return not is_off, run


def displayed_run(session: Session) -> ModelRun | None:
    """The fit whose card is shown: the active one, else the latest."""
    return active_run(session) or next(iter(runs(session, limit=1)), None)


def run_by_name(session: Session, name: str) -> ModelRun | None:
    """A fit by its name."""
    return session.scalars(select(ModelRun).where(ModelRun.name == name)).first()


def prediction(session: Session, number: int) -> Prediction | None:
    """A logged ranking by its number."""
    return session.get(Prediction, number) if 0 < number < 2**31 else None


def uses(session: Session, *, within: Scope, limit: int = 50) -> list[PredictionUse]:
    """The latest acts that relied on a ranking, of some requisitions, newest first."""
    query = (
        select(PredictionUse)
        .join(Prediction, Prediction.id == PredictionUse.prediction_id)
        .where(within.contains(Prediction.requisition_id))
        .options(
            joinedload(PredictionUse.by),
            joinedload(PredictionUse.prediction).defer(Prediction.inputs),
            joinedload(PredictionUse.prediction).defer(Prediction.output),
            joinedload(PredictionUse.prediction).joinedload(Prediction.requisition),
            joinedload(PredictionUse.prediction).joinedload(Prediction.run).load_only(ModelRun.name),
        )
        .order_by(PredictionUse.id.desc())
    )
    return list(session.scalars(query.limit(limit)))


def runs(session: Session, *, limit: int = 20) -> list[ModelRun]:
    """The latest fits, newest first."""
    return list(session.scalars(select(ModelRun).order_by(ModelRun.id.desc()).limit(limit)))


def decisions(session: Session) -> list[PastDecision]:
    """Every past decision with its grades, in the order in which they were made."""
    query = select(PastDecision).options(selectinload(PastDecision.grades))
    order = (PastDecision.decided_at, PastDecision.order_number, PastDecision.slate)
    return list(session.scalars(query.order_by(*order)))


def decision_count(session: Session) -> int:
    """How many decisions are on record."""
    return session.scalar(select(func.count(PastDecision.id))) or 0


def decided_ids(session: Session) -> set[int]:
    """Requisitions whose decision is on record."""
    return set(session.scalars(select(PastDecision.requisition_id)))


def closed_candidates(session: Session) -> list[Requisition]:
    """Requisitions of this company (not imported) that may hold a decision: closed or filled."""
    query = select(Requisition).where(
        Requisition.imported.is_(False), Requisition.status.in_([RequisitionStatus.CLOSED, RequisitionStatus.FILLED])
    )
    return list(session.scalars(query.order_by(Requisition.id)))


def hire_started(session: Session, requisition_id: int) -> bool:
    """Whether somebody has started work on a requisition."""
    query = select(Application.id).where(
        Application.requisition_id == requisition_id, Application.status == ApplicationStatus.HIRED
    )
    return session.scalar(query.limit(1)) is not None


def with_scorecards(session: Session, requisition_id: int) -> list[Application]:
    """The applications of a requisition with at least one submitted card."""
    with_card = select(Scorecard.application_id).where(Scorecard.state != CardState.DRAFT)
    query = select(Application).where(Application.requisition_id == requisition_id, Application.id.in_(with_card))
    return list(session.scalars(query.order_by(Application.id)))


def finalist_ids(session: Session, requisition_id: int) -> set[int]:
    """Applications that were named finalists or ever stood in a stage of kind final or later."""
    late = (StageKind.FINAL, StageKind.OFFER, StageKind.HIRED)
    as_finalist = select(Finalist.application_id).where(Finalist.requisition_id == requisition_id)
    reached = (
        select(StageChange.application_id)
        .join(Stage, Stage.id == StageChange.to_stage_id)
        .where(Stage.requisition_id == requisition_id, Stage.kind.in_(late))
    )
    return set(session.scalars(as_finalist.union(reached)))


def last_moment(session: Session, requisition_id: int) -> dt.datetime | None:
    """When a requisition saw its last move."""
    query = (
        select(func.max(StageChange.moved_at))
        .join(Application, Application.id == StageChange.application_id)
        .where(Application.requisition_id == requisition_id)
    )
    return session.scalar(query)


def not_ranked_ids(session: Session, requisition_id: int | None = None) -> set[int]:
    """Applications, of a requisition or of all, whose candidates asked not to be ranked: they do not teach either."""
    latest = select(func.max(RankingWish.id)).group_by(RankingWish.application_id)
    query = select(RankingWish.application_id).where(RankingWish.id.in_(latest), RankingWish.ranked.is_(False))
    if requisition_id is not None:
        query = query.join(Application, Application.id == RankingWish.application_id).where(
            Application.requisition_id == requisition_id
        )
    return set(session.scalars(query))


def wish_of(session: Session, application_id: int) -> RankingWish | None:
    """The last word on whether an application is ranked, None where nobody ever said one."""
    query = select(RankingWish).where(RankingWish.application_id == application_id)
    return session.scalars(query.order_by(RankingWish.id.desc()).limit(1)).first()


def switch_of(session: Session, requisition_id: int | None = None) -> SuggestionSwitch | None:
    """The last switching of suggestions for a requisition, or everywhere where none is named."""
    query = select(SuggestionSwitch).where(SuggestionSwitch.requisition_id == requisition_id)
    return session.scalars(query.order_by(SuggestionSwitch.id.desc()).limit(1)).first()


def off_everywhere(session: Session) -> bool:
    """Whether suggestions are switched off for the whole company."""
    last = switch_of(session)
    return last is not None and not last.on
