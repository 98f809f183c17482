"""What several sections of a case read: each from the database once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from recruiter.budget.evidence.types import CaseContext
from recruiter.budget.models import BudgetCase
from recruiter.budget.register.models import Departure
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.keepwarm.models.records import Readiness
from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Band, Requisition
from recruiter.scorecards.models import CardState, Scorecard

SECONDS_OF_HOUR = 3600


@dataclass(frozen=True)
class OfferRecord:
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
    left: bool = False


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
        )
    )
    return context.once("cards", lambda: list(context.session.scalars(query).unique()))


def bench_of(context: CaseContext) -> list[Finalist]:
    """The finalists who are still in the running, in their order."""
    return [finalist for finalist in context.slate if finalist.application.status == ApplicationStatus.ACTIVE]


def runner_up(context: CaseContext) -> Finalist | None:
    """The next finalist who is still in the running."""
    return next((finalist for finalist in bench_of(context) if finalist.application_id != context.application.id), None)


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


def processes(context: CaseContext) -> list[CompetingProcess]:
    """Other employers' processes that the candidate and the next finalist told of, oldest first."""
    return context.once("known", lambda: _processes_and_readiness(context))[0]


def readiness_of(context: CaseContext, application_id: int) -> Readiness | None:
    """The readiness of the next finalist, None where nothing was asked."""
    return context.once("known", lambda: _processes_and_readiness(context))[1].get(application_id)


def decides_on(context: CaseContext, application_id: int) -> dt.date | None:
    """The first day, from now on, on which another employer decides on an applicant."""
    days = [
        process.decision_on
        for process in processes(context)
        if process.application_id == application_id and process.decision_on and process.decision_on >= context.today
    ]
    return min(days, default=None)


def _offer_records(context: CaseContext) -> list[OfferRecord]:
    has_left = exists().where(
        Departure.case_id == BudgetCase.id, BudgetCase.offer_id == Offer.id, Departure.left_on <= context.today
    )
    query = (
        select(
            Requisition.id, Offer.application_id, Requisition.created_at, Requisition.title, Requisition.level,
            Requisition.location, Offer.status, Offer.end_code, Offer.base, Offer.currency, Offer.extended_at,
            Offer.accepted_at, Band.interval, Band.min, Band.mid, Band.max, has_left,
        )
        .select_from(Offer)
        .join(Application, Offer.application_id == Application.id)
        .join(Requisition, Application.requisition_id == Requisition.id)
        .outerjoin(Band, Band.requisition_id == Requisition.id)
        .where(or_(Offer.extended_at.is_not(None), Offer.accepted_at.is_not(None), Requisition.id == context.requisition.id))
        .order_by(Offer.id)
    )  # fmt: skip
    return [
        OfferRecord(
            requisition_id=row[0],
            application_id=row[1],
            opened_at=row[2],
            title=row[3],
            level=row[4],
            location=row[5],
            status=row[6],
            end_code=row[7],
            base=row[8],
            currency=row[9],
            extended_at=row[10],
            accepted_at=row[11],
            interval=row[12],
            middle=row[14] if row[14] is not None or row[13] is None else (row[13] + row[15]) // 2,
            left=row[16],
        )
        for row in context.session.execute(query)
    ]


def offer_records(context: CaseContext) -> list[OfferRecord]:
    """Every offer of this company that went out, and those of this search, oldest first."""
    return context.once("seats", lambda: _offer_records(context))


def interview_effort(rows: Sequence[tuple[dt.datetime, dt.datetime, int]]) -> tuple[int, float]:
    """How many talks there were, and how many person-hours of panels: the length of each times its seats."""
    return len(rows), sum((end - start).total_seconds() * seats for start, end, seats in rows) / SECONDS_OF_HOUR


def panel_effort(context: CaseContext) -> tuple[int, float]:
    """Talks of this search that took place until now, and the person-hours of their panels."""

    def read() -> tuple[int, float]:
        query = (
            select(Interview.id, Interview.starts_at, Interview.ends_at, Panelist.id)
            .join(Application, Interview.application_id == Application.id)
            .join(Panelist, Panelist.interview_id == Interview.id)
            .where(
                Application.requisition_id == context.requisition.id,
                Interview.status == InterviewStatus.PLANNED,
                Interview.ends_at <= context.now,
            )
        )
        interviews: dict[int, tuple[dt.datetime, dt.datetime, int]] = {}
        for interview_id, start, end, _ in context.session.execute(query):
            interviews[interview_id] = (
                start,
                end,
                interviews[interview_id][2] + 1 if interview_id in interviews else 1,
            )
        return interview_effort(list(interviews.values()))

    return context.once("effort", read)
