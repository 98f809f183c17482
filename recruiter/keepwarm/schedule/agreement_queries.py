"""Reading what a search agrees about its bench: its clocks, its dates, who is left alone, whose offer is accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.interviews import decision_dates
from recruiter.keepwarm.models.agreements import AgreedDate, CadenceRule, DateKind, Snooze
from recruiter.keepwarm.schedule.cadence import USUAL, Cadence, Situation
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition

Ids = Sequence[int] | Select[Any]  # numbers, or a select of them where they are many


def cadences(session: Session, requisition_ids: Ids) -> dict[int, Cadence]:
    """The clocks of requisitions that have some of their own, in one statement."""
    days_by_requisition: dict[int, dict[Situation, int]] = {}
    statement = select(CadenceRule.requisition_id, CadenceRule.situation, CadenceRule.days)
    for requisition_id, situation, days in session.execute(
        statement.where(CadenceRule.requisition_id.in_(requisition_ids))
    ):
        days_by_requisition.setdefault(requisition_id, {})[Situation(situation)] = days
    return {requisition_id: Cadence(days) for requisition_id, days in days_by_requisition.items()}


def days_here(session: Session, requisition: Requisition) -> dict[Situation, int]:
    """The days of every situation on a requisition."""
    cadence = cadences(session, [requisition.id]).get(requisition.id, USUAL)
    days = {situation: cadence.days(situation) for situation in Situation}
    return days | {Situation.BENCH: requisition.cadence_bench_days, Situation.OFFER_OUT: requisition.cadence_offer_days}


def snoozes(session: Session, application_ids: Ids) -> dict[int, Snooze]:
    """The last word on leaving each of some finalists alone, in one statement."""
    newest = (
        select(func.max(Snooze.id)).where(Snooze.application_id.in_(application_ids)).group_by(Snooze.application_id)
    )
    return {snooze.application_id: snooze for snooze in session.scalars(select(Snooze).where(Snooze.id.in_(newest)))}


def offers_on(session: Session, requisition_ids: Ids) -> dict[int, dict[int, OfferStatus]]:
    """For each requisition the applications with an offer out, or accepted by somebody who has not started; one statement."""
    statement = (
        select(Application.requisition_id, Application.id, Offer.status)
        .join(Offer, Offer.application_id == Application.id)
        .where(
            Application.requisition_id.in_(requisition_ids),
            Offer.status.in_([OfferStatus.EXTENDED, OfferStatus.ACCEPTED]),
            Application.status == ApplicationStatus.ACTIVE,
        )
    )
    statuses: dict[int, dict[int, OfferStatus]] = {}
    for requisition_id, application_id, status in session.execute(statement):
        statuses.setdefault(requisition_id, {})[application_id] = status
    return statuses


@dataclass(frozen=True)
class OurDate:
    """A date that a search goes by: its decision, or the day by which an approver said he would answer."""

    kind: DateKind
    due_on: dt.date
    reason: str = ""
    promised_by: User | None = None


def dates_of(session: Session, requisition_ids: Sequence[int]) -> dict[int, list[OurDate]]:
    """The dates that count on some requisitions, the nearest first; two statements.

    The decision is the one that interviewers see too, wherever it was set; of approvals the last word of each approver.
    """
    latest: dict[tuple[int, DateKind, int | None], AgreedDate] = {}
    statement = select(AgreedDate).where(AgreedDate.requisition_id.in_(requisition_ids)).order_by(AgreedDate.id)
    for agreed in session.scalars(statement.options(joinedload(AgreedDate.promised_by))):
        latest[agreed.requisition_id, agreed.kind, agreed.promised_by_id] = agreed
    dates_by_requisition: dict[int, list[OurDate]] = {}
    for requisition_id, day in decision_dates.decision_dates_of(session, requisition_ids).items():
        decision = latest.get((requisition_id, DateKind.DECISION, None))
        reason = decision.reason if decision is not None and decision.due_on == day else ""
        dates_by_requisition.setdefault(requisition_id, []).append(OurDate(DateKind.DECISION, day, reason))
    for (requisition_id, kind, _), agreed in latest.items():
        if kind == DateKind.APPROVAL:
            dates_by_requisition.setdefault(requisition_id, []).append(
                OurDate(kind, agreed.due_on, agreed.reason, agreed.promised_by)
            )
    return {key: sorted(dates, key=lambda date: date.due_on) for key, dates in dates_by_requisition.items()}


def decides_on(session: Session, requisition_id: int) -> dt.date | None:
    """The day on which a search decides, None where none is set."""
    return decision_dates.decision_dates_of(session, [requisition_id]).get(requisition_id)
