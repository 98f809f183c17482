"""Keeping times are proposed and confirmed, and what is over is erased or deleted."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.database.chunks import chunks
from recruiter.foundation.database.db import Base
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.privacy.erasure import erasure_services
from recruiter.privacy.erasure.erasure_services import Places
from recruiter.privacy.models import RetentionPeriod, RetentionPurpose
from recruiter.privacy.retention import retention_queries
from recruiter.privacy.retention.retention_queries import DueItem

MOST_MONTHS = 120
ROWS = {
    "protected_answer": (),
    "prediction": ("prediction_use",),
}  # tables of which rows are deleted, with what hangs on them


def propose(session: Session, *, purpose: RetentionPurpose, place: str, months: int, act: Act) -> RetentionPeriod:
    """Propose how long data of a purpose is kept at a place; it holds once another administrator has confirmed it.

    Where there is one administrator alone it holds at once. Raises RuleBroken at `months`.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise RuleBroken.at("months", f"Enter a number of months from 1 to {MOST_MONTHS}.")
    period = RetentionPeriod(
        place=" ".join(text.clean(place).split()),
        purpose=purpose,
        months=months,
        proposed_by_id=act.actor.id,
        proposed_at=act.now,
    )
    if session.scalar(select(func.count(User.id)).where(User.role == Role.ADMIN, User.active)) == 1:
        period.confirmed_by_id, period.confirmed_at = act.actor.id, act.now
    session.add(period)
    session.flush()
    detail = {"purpose": purpose.value, "months": months}
    audit.record(session, action=AuditAction.RETENTION_PROPOSED, subject=period, act=act, **detail)
    return period


def confirm(session: Session, *, period: RetentionPeriod, act: Act) -> RetentionPeriod:
    """Confirm a keeping time that somebody else proposed; from now on it holds. Raises Conflict."""
    if period.confirmed_at is not None:
        raise Conflict("This keeping time is confirmed already.")
    if period.proposed_by_id == act.actor.id:
        raise Conflict("You proposed it, so another administrator confirms it.")
    period.confirmed_by_id, period.confirmed_at = act.actor.id, act.now
    audit.record(session, action=AuditAction.RETENTION_CONFIRMED, subject=period, act=act)
    return period


def run(
    session: Session, *, places: Places, act: Moment, progress: Callable[[str], None] = lambda _: None
) -> list[DueItem]:
    """Erase and delete what has reached the end of its keeping time; what is on hold stays. Answers all that was due."""
    items = retention_queries.due_items(session, moment=act)
    ending = [item for item in items if not item.on_hold]
    for item in ending:
        if item.table != "candidate":
            continue
        candidate = session.get_one(Candidate, item.number, populate_existing=True)
        if candidate.erased_at is None:
            erasure_services.erase(session, candidate=candidate, places=places, act=act)
            progress(f"Candidate {item.number} erased.")
    for name, parts in ROWS.items():
        for some in chunks([item.number for item in ending if item.table == name]):
            for part in parts:
                table = Base.metadata.tables[part]
                session.execute(delete(table).where(table.c[f"{name}_id"].in_(some)))
            table = Base.metadata.tables[name]
            session.execute(delete(table).where(table.c.id.in_(some)))
    return items
