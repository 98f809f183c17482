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
    found: dict[int, dict[Situation, int]] = {}
    wanted = select(CadenceRule.requisition_id, CadenceRule.situation, CadenceRule.days)
    for requisition_id, situation, days in session.execute(
        wanted.where(CadenceRule.requisition_id.in_(requisition_ids))
    ):
        found.setdefault(requisition_id, {})[Situation(situation)] = days
    return {key: Cadence(own) for key, own in found.items()}


def days_here(session: Session, requisition: Requisition) -> dict[Situation, int]:
    """The days of every situation on a requisition."""
    own = cadences(session, [requisition.id]).get(requisition.id, USUAL)
    days = {one: own.days(one) for one in Situation}
    return days | {
        Situation.BENCH: requisition.cadence_bench_days,
        Situation.OFFER_OUT: requisition.cadence_offer_days,
    }


def snoozes(session: Session, application_ids: Ids) -> dict[int, Snooze]:
    """The last word on leaving each of some finalists alone, in one statement."""
    newest = (
        select(func.max(Snooze.id)).where(Snooze.application_id.in_(application_ids)).group_by(Snooze.application_id)
    )
    return {one.application_id: one for one in session.scalars(select(Snooze).where(Snooze.id.in_(newest)))}


def offers_on(session: Session, requisition_ids: Ids) -> dict[int, dict[int, OfferStatus]]:
    """For each requisition the applications with an offer out, or accepted by somebody who has not started; one statement."""
    wanted = (
        select(Application.requisition_id, Application.id, Offer.status)
        .join(Offer, Offer.application_id == Application.id)
        .where(
            Application.requisition_id.in_(requisition_ids),
            Offer.status.in_([OfferStatus.EXTENDED, OfferStatus.ACCEPTED]),
            Application.status == ApplicationStatus.ACTIVE,
        )
    )
    found: dict[int, dict[int, OfferStatus]] = {}
    for requisition_id, application_id, status in session.execute(wanted):
        found.setdefault(requisition_id, {})[application_id] = status
    return found


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
    last: dict[tuple[int, DateKind, int | None], AgreedDate] = {}
    wanted = select(AgreedDate).where(AgreedDate.requisition_id.in_(requisition_ids)).order_by(AgreedDate.id)
    for one in session.scalars(wanted.options(joinedload(AgreedDate.promised_by))):
        last[one.requisition_id, one.kind, one.promised_by_id] = one
    found: dict[int, list[OurDate]] = {}
    for number, day in decision_dates.dates(session, requisition_ids).items():
        said = last.get((number, DateKind.DECISION, None))
        reason = said.reason if said is not None and said.due_on == day else ""
        found.setdefault(number, []).append(OurDate(DateKind.DECISION, day, reason))
    for (number, kind, _), one in last.items():
        if kind == DateKind.APPROVAL:
            found.setdefault(number, []).append(OurDate(kind, one.due_on, one.reason, one.promised_by))
    return {key: sorted(dates, key=lambda one: one.due_on) for key, dates in found.items()}


def decides_on(session: Session, requisition_id: int) -> dt.date | None:
    """The day on which a search decides, None where none is set."""
    return decision_dates.dates(session, [requisition_id]).get(requisition_id)
