"""A legal hold is set and lifted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.privacy.models import LegalHold
from recruiter.requisitions.models import Requisition

LATEST = dt.date(2099, 12, 31)


def set_hold(session: Session, *, subject: Candidate | Requisition, reason: str, until: dt.date, act: Act) -> LegalHold:
    """Keep everything of a person, or of all on a requisition, until a day. Raises RuleBroken at `reason` or `until`."""
    cleaned = text.clean(reason)
    if not cleaned:
        raise RuleBroken.at("reason", "Say why nothing may be deleted: the claim or the proceeding.")
    if not act.today <= until <= LATEST:
        raise RuleBroken.at("until", "Choose a day from today on, at the latest in 2099.")
    hold = LegalHold(
        candidate_id=subject.id if isinstance(subject, Candidate) else None,
        requisition_id=subject.id if isinstance(subject, Requisition) else None,
        reason=cleaned,
        until=until,
        set_by_id=act.actor.id,
        set_at=act.now,
    )
    session.add(hold)
    session.flush()
    audit.record(session, action=AuditAction.HOLD_SET, subject=hold, act=act, until=until.isoformat())
    return hold


def requisition_named(session: Session, key: str, *, within: Scope) -> Requisition:
    """The requisition in sight that has a key. Raises RuleBroken at `requisition`."""
    query = select(Requisition).where(Requisition.key == key.strip().upper(), within.contains(Requisition.id))
    requisition = session.scalars(query).first()
    if requisition is None:
        raise RuleBroken.at("requisition", "No requisition has this key. Enter it as on its board, like ENG-214.")
    return requisition


def lift(session: Session, *, hold: LegalHold, reason: str, act: Act) -> LegalHold:
    """End a hold before its day, for a reason. Raises RuleBroken at `reason`, Conflict where it is over."""
    if hold.lifted_at is not None or hold.until < act.today:
        raise Conflict("This hold is over already.")
    cleaned = text.clean(reason)
    if not cleaned:
        raise RuleBroken.at("reason", "Say why the hold ends: how the claim or the proceeding was settled.")
    hold.lifted_at, hold.lifted_by_id, hold.lift_reason = act.now, act.actor.id, cleaned
    audit.record(session, action=AuditAction.HOLD_LIFTED, subject=hold, act=act)
    return hold
