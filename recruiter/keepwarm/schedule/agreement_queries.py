"""Reading what a search agrees about its bench: its clocks, its dates, whose offer is accepted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.interviews import decision_dates
from recruiter.keepwarm.models.agreements import AgreedDate, CadenceRule, DateKind
from recruiter.keepwarm.schedule.cadence import USUAL, Cadence, Situation
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition

Ids = Sequence[int] | Select[Any]  # numbers, or a select of them where they are many


def cadences(session: Session, requisition_ids: Ids) -> Mapping[int, Cadence]:
    """The clocks of every requisition, the usual ones for those that have none of their own; in one statement."""
    statement = select(CadenceRule).where(CadenceRule.requisition_id.in_(requisition_ids))
    days_by_requisition: dict[int, dict[Situation, int]] = defaultdict(dict)
    for rule in session.scalars(statement):
        days_by_requisition[rule.requisition_id][Situation(rule.situation)] = rule.days
    own = {requisition_id: Cadence(days) for requisition_id, days in days_by_requisition.items()}
    return defaultdict(lambda: USUAL, own)


def days_here(session: Session, requisition: Requisition) -> dict[Situation, int]:
    """The days of every situation on a requisition."""
    cadence = cadences(session, [requisition.id])[requisition.id].of_requisition(requisition)
    return {situation: cadence.days(situation) for situation in Situation}


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
    statuses: dict[int, dict[int, OfferStatus]] = defaultdict(dict)
    for requisition_id, application_id, status in session.execute(statement):
        statuses[requisition_id][application_id] = status
    return statuses


@dataclass(frozen=True)
class OurDate:
    """A date that a search goes by: its decision, or the day by which an approver said they would answer."""

    kind: DateKind
    due_on: dt.date
    reason: str = ""
    promised_by: User | None = None


def dates_of(session: Session, requisition_ids: Sequence[int]) -> dict[int, list[OurDate]]:
    """The dates that count on some requisitions, the nearest first; two statements.

    The decision is the one that interviewers see too, wherever it was set; of approvals the last word of each approver.
    """
    statement = select(AgreedDate).where(AgreedDate.requisition_id.in_(requisition_ids)).order_by(AgreedDate.id)
    latest = {
        (agreed.requisition_id, agreed.kind, agreed.promised_by_id): agreed
        for agreed in session.scalars(statement.options(joinedload(AgreedDate.promised_by)))
    }
    dates_by_requisition: dict[int, list[OurDate]] = defaultdict(list)
    for requisition_id, day in decision_dates.decision_dates_of(session, requisition_ids).items():
        decision = latest.get((requisition_id, DateKind.DECISION, None))
        reason = decision.reason if decision is not None and decision.due_on == day else ""
        dates_by_requisition[requisition_id].append(OurDate(DateKind.DECISION, day, reason))
    for (requisition_id, kind, _), agreed in latest.items():
        if kind == DateKind.APPROVAL:
            date = OurDate(kind, agreed.due_on, agreed.reason, agreed.promised_by)
            dates_by_requisition[requisition_id].append(date)
    return {key: sorted(dates, key=lambda date: date.due_on) for key, dates in dates_by_requisition.items()}


def decides_on(session: Session, requisition_id: int) -> dt.date | None:
    """The day on which a search decides, None where none is set."""
    return decision_dates.decision_dates_of(session, [requisition_id]).get(requisition_id)
