"""What several sections of a case read: each from the database once."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from recruiter.budget.evidence.types import CaseContext, once_a_case
from recruiter.budget.models import BudgetCase
from recruiter.budget.register.models import Departure
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.keepwarm.models.records import Readiness
from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Band, Requisition
from recruiter.scorecards.models import CardState, Scorecard

SECONDS_OF_HOUR = 3600


class OfferRecord(NamedTuple):
    """An offer that went out, or one of this search: whose, for what kind of seat, on which base in minor units, what became of it."""

    requisition_id: int
    application_id: int
    opened_at: dt.datetime
    title: str
    level: str
    location: str
    status: OfferStatus
    end_code: str | None
    base: int
    currency: str
    extended_at: dt.datetime | None
    accepted_at: dt.datetime | None
    interval: str | None
    middle: int | None
    left: bool


@once_a_case
def cards_of(context: CaseContext) -> list[Scorecard]:
    """The submitted cards of the candidate with their ratings, authors and panels, oldest first."""
    query = (
        select(Scorecard)
        .where(Scorecard.application_id == context.application.id, Scorecard.state != CardState.DRAFT)
        .order_by(Scorecard.submitted_at, Scorecard.id)
        .options(
            joinedload(Scorecard.author),
            joinedload(Scorecard.interview).selectinload(Interview.panel),
            joinedload(Scorecard.ratings),
            selectinload(Scorecard.versions),
        )
    )
    return list(context.session.scalars(query).unique())


def bench_of(context: CaseContext) -> list[Finalist]:
    """The finalists who are still in the running, in their order."""
    return [finalist for finalist in context.slate if finalist.application.status == ApplicationStatus.ACTIVE]


def runner_up(context: CaseContext) -> Finalist | None:
    """The next finalist who is still in the running."""
    return next((finalist for finalist in bench_of(context) if finalist.application_id != context.application.id), None)


@once_a_case
def _processes_and_readiness(context: CaseContext) -> tuple[list[CompetingProcess], dict[int, Readiness]]:
    next_finalist = runner_up(context)
    application_ids = [context.application.id, *([next_finalist.application_id] if next_finalist else [])]
    query = (
        select(Application.id, Readiness, CompetingProcess)
        .select_from(Application)
        .outerjoin(Readiness, Readiness.application_id == Application.id)
        .outerjoin(CompetingProcess, CompetingProcess.application_id == Application.id)
        .where(Application.id.in_(application_ids))
        .order_by(CompetingProcess.disclosed_on, CompetingProcess.id)
        .options(joinedload(CompetingProcess.by))
    )
    competing, readiness_by_application = [], {}
    for application_id, readiness, process in context.session.execute(query):
        competing += [process] if process is not None else []
        if readiness is not None:
            readiness_by_application[application_id] = readiness
    return competing, readiness_by_application


def processes_of(context: CaseContext, application_id: int) -> list[CompetingProcess]:
    """Other employers' processes that the candidate or the next finalist told of, oldest first."""
    return [process for process in _processes_and_readiness(context)[0] if process.application_id == application_id]


def readiness_of(context: CaseContext, application_id: int) -> Readiness | None:
    """The readiness of the next finalist, None where nothing was asked."""
    return _processes_and_readiness(context)[1].get(application_id)


def decides_on(context: CaseContext, application_id: int) -> dt.date | None:
    """The first day, from now on, on which another employer decides on an applicant."""
    days = [
        process.decision_on
        for process in processes_of(context, application_id)
        if process.decision_on and process.decision_on >= context.today
    ]
    return min(days, default=None)


@once_a_case
def offer_records(context: CaseContext) -> list[OfferRecord]:
    """Every offer of this company that went out, and those of this search, oldest first."""
    has_left = exists().where(
        Departure.case_id == BudgetCase.id, BudgetCase.offer_id == Offer.id, Departure.left_on <= context.today
    )
    query = (
        select(
            Requisition.id, Offer.application_id, Requisition.created_at, Requisition.title, Requisition.level,
            Requisition.location, Offer.status, Offer.end_code, Offer.base, Offer.currency, Offer.extended_at,
            Offer.accepted_at, Band.interval, func.coalesce(Band.mid, (Band.min + Band.max) // 2), has_left,
        )
        .select_from(Offer)
        .join(Application, Offer.application_id == Application.id)
        .join(Requisition, Application.requisition_id == Requisition.id)
        .outerjoin(Band, Band.requisition_id == Requisition.id)
        .where(or_(Offer.extended_at.is_not(None), Offer.accepted_at.is_not(None), Requisition.id == context.requisition.id))
        .order_by(Offer.id)
    )  # fmt: skip
    return [OfferRecord._make(row) for row in context.session.execute(query)]


@once_a_case
def panel_effort(context: CaseContext) -> tuple[int, float]:
    """Talks of this search that took place until now, and the person-hours of their panels: the length of each times its seats."""
    query = (
        select(Interview.starts_at, Interview.ends_at, func.count(Panelist.id))
        .join(Application, Interview.application_id == Application.id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(
            Application.requisition_id == context.requisition.id,
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at <= context.now,
        )
        .group_by(Interview.id, Interview.starts_at, Interview.ends_at)
        .order_by(Interview.id)
    )
    seconds = [(end - start).total_seconds() * seats for start, end, seats in context.session.execute(query)]
    return len(seconds), sum(seconds) / SECONDS_OF_HOUR
