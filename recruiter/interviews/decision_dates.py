"""By when a search decides: the date that late scorecards hold up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.interviews.models import DecisionDate, Interview
from recruiter.interviews.rules import decision_date
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition


def decision_dates_of(session: Session, requisition_ids: Iterable[int]) -> dict[int, dt.date]:
    """By when each of these searches decides, as was last said; in one statement. Searches without a date are left out."""
    latest = (
        select(func.max(DecisionDate.id))
        .where(DecisionDate.requisition_id.in_(list(requisition_ids)))
        .group_by(DecisionDate.requisition_id)
    )
    query = select(DecisionDate.requisition_id, DecisionDate.decide_on).where(DecisionDate.id.in_(latest))
    return dict(session.execute(query).all())


def held_up_by(session: Session, interviews: Sequence[Interview], *, zone: dt.tzinfo) -> dict[int, dt.date]:
    """The decision dates that missing cards on some interviews hold up, by interview id; in one statement."""
    searches = {interview.id: interview.application.requisition_id for interview in interviews}
    dates = decision_dates_of(session, set(searches.values()))
    return {
        interview.id: decision_date(decide_on=dates.get(searches[interview.id]), ends_at=interview.ends_at, zone=zone)
        for interview in interviews
    }


def version_mark(latest: DecisionDate | None) -> str:
    """A decision date as a form names what it was made of."""
    return latest.decide_on.isoformat() if latest else "none"


def latest_of(session: Session, requisition: Requisition) -> DecisionDate | None:
    """The date that counts for a search, as somebody set it; None where nobody did."""
    query = select(DecisionDate).where(DecisionDate.requisition_id == requisition.id)
    return session.scalars(query.order_by(DecisionDate.id.desc()).limit(1)).first()


def set_date(
    session: Session, *, requisition: Requisition, decide_on: dt.date, act: Act, seen: str | None = None
) -> DecisionDate:
    """Say by when a search decides; the dates before stay on record. Raises RuleBroken for a day that is over.

    `seen` is the mark of the date that its writer has read: Overtaken where it is another by now.
    """
    if decide_on < act.today:
        raise RuleBroken.at("decide_on", "Enter today or a later day.")
    row_lock.lock(session, requisition.id)
    if seen is not None and seen != version_mark(latest_of(session, requisition)):
        raise Overtaken("Somebody set another date since you read it. Look at it, then save again.")
    row = DecisionDate(requisition_id=requisition.id, decide_on=decide_on, by_id=act.actor_id, at=act.now)
    session.add(row)
    action, day = AuditAction.REQUISITION_DECISION_DATE_SET, decide_on.isoformat()
    audit.record(session, action=action, subject=requisition, act=act, decide_on=day)
    return row
