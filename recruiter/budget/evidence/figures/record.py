"""What several sections of a case read: each from the database once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from recruiter.budget.evidence.types import Ground
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
class Seat:
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


def cards_of(ground: Ground) -> list[Scorecard]:
    """The submitted cards of the candidate with their ratings, authors and panels, oldest first."""
    wanted = (
        select(Scorecard)
        .where(Scorecard.application_id == ground.application.id, Scorecard.state != CardState.DRAFT)
        .order_by(Scorecard.submitted_at, Scorecard.id)
        .options(
            joinedload(Scorecard.author),
            joinedload(Scorecard.interview).selectinload(Interview.panel),
            joinedload(Scorecard.ratings),
        )
    )
    return ground.once("cards", lambda: list(ground.session.scalars(wanted).unique()))


def bench_of(ground: Ground) -> list[Finalist]:
    """The finalists who are still in the running, in their order."""
    return [one for one in ground.slate if one.application.status == ApplicationStatus.ACTIVE]


def runner_up(ground: Ground) -> Finalist | None:
    """The next finalist who is still in the running."""
    return next((one for one in bench_of(ground) if one.application_id != ground.application.id), None)


def _known(ground: Ground) -> tuple[list[CompetingProcess], dict[int, Readiness]]:
    following = runner_up(ground)
    numbers = [ground.application.id, *([following.application_id] if following else [])]
    wanted = (
        select(Application.id, Readiness, CompetingProcess)
        .select_from(Application)
        .outerjoin(Readiness, Readiness.application_id == Application.id)
        .outerjoin(CompetingProcess, CompetingProcess.application_id == Application.id)
        .where(Application.id.in_(numbers))
        .order_by(CompetingProcess.disclosed_on, CompetingProcess.id)
        .options(joinedload(CompetingProcess.by))
    )
    found, ready = [], {}
    for number, readiness, process in ground.session.execute(wanted):
        found += [process] if process is not None else []
        if readiness is not None:
            ready[number] = readiness
    return found, ready


def processes(ground: Ground) -> list[CompetingProcess]:
    """Other employers' processes that the candidate and the next finalist told of, oldest first."""
    return ground.once("known", lambda: _known(ground))[0]


def readiness_of(ground: Ground, application_id: int) -> Readiness | None:
    """The readiness of the next finalist, None where nothing was asked."""
    return ground.once("known", lambda: _known(ground))[1].get(application_id)


def decides_on(ground: Ground, application_id: int) -> dt.date | None:
    """The first day, from now on, on which another employer decides on an applicant."""
    days = [
        one.decision_on
        for one in processes(ground)
        if one.application_id == application_id and one.decision_on and one.decision_on >= ground.now.date()
    ]
    return min(days, default=None)


def _seats(ground: Ground) -> list[Seat]:
    gone = exists().where(
        Departure.case_id == BudgetCase.id, BudgetCase.offer_id == Offer.id, Departure.left_on <= ground.now.date()
    )
    wanted = (
        select(
            Requisition.id, Offer.application_id, Requisition.created_at, Requisition.title, Requisition.level,
            Requisition.location, Offer.status, Offer.end_code, Offer.base, Offer.currency, Offer.extended_at,
            Offer.accepted_at, Band.interval, Band.min, Band.mid, Band.max, gone,
        )
        .select_from(Offer)
        .join(Application, Offer.application_id == Application.id)
        .join(Requisition, Application.requisition_id == Requisition.id)
        .outerjoin(Band, Band.requisition_id == Requisition.id)
        .where(or_(Offer.extended_at.is_not(None), Offer.accepted_at.is_not(None), Requisition.id == ground.requisition.id))
        .order_by(Offer.id)
    )  # fmt: skip
    return [
        Seat(
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
        for row in ground.session.execute(wanted)
    ]


def seats(ground: Ground) -> list[Seat]:
    """Every offer of this company that went out, and those of this search, oldest first."""
    return ground.once("seats", lambda: _seats(ground))


def talks_of(rows: Sequence[tuple[dt.datetime, dt.datetime, int]]) -> tuple[int, float]:
    """How many talks there were, and how many person-hours of panels: the length of each times its seats."""
    return len(rows), sum((end - start).total_seconds() * seats for start, end, seats in rows) / SECONDS_OF_HOUR


def effort(ground: Ground) -> tuple[int, float]:
    """Talks of this search that took place until now, and the person-hours of their panels."""

    def read() -> tuple[int, float]:
        wanted = (
            select(Interview.id, Interview.starts_at, Interview.ends_at, Panelist.id)
            .join(Application, Interview.application_id == Application.id)
            .join(Panelist, Panelist.interview_id == Interview.id)
            .where(
                Application.requisition_id == ground.requisition.id,
                Interview.status == InterviewStatus.PLANNED,
                Interview.ends_at <= ground.now,
            )
        )
        held: dict[int, tuple[dt.datetime, dt.datetime, int]] = {}
        for number, start, end, _ in ground.session.execute(wanted):
            held[number] = (start, end, held[number][2] + 1 if number in held else 1)
        return talks_of(list(held.values()))

    return ground.once("effort", read)
