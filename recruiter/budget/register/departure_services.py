"""Remembering that somebody hired above the band has left."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.budget.register.models import Departure
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.offers.models import OfferStatus


def record_departure(session: Session, *, case: BudgetCase, on: dt.date, act: Act) -> Departure:
    """Keep the day on which somebody left, once. Raises Conflict where nobody was hired by this case, RuleBroken at `left_on`."""
    offer = case.offer
    if case.status != CaseStatus.APPROVED or offer.status != OfferStatus.ACCEPTED or offer.accepted_at is None:
        raise Conflict("Nobody was hired by this case, so nobody can have left.")
    if session.scalar(select(Departure.id).where(Departure.case_id == case.id)) is not None:
        raise Conflict("This departure is on record already.")
    if not act.day_of(offer.accepted_at) <= on <= act.today:
        raise RuleBroken.at("left_on", "Enter a day between the acceptance and today.")
    departure = Departure(case_id=case.id, left_on=on, by_id=act.actor.id, at=act.now)
    session.add(departure)
    audit.record(session, action=AuditAction.CASE_DEPARTURE, subject=case, act=act)
    return departure
