"""Keeping times are proposed by one person, and confirmed or refused by another where data would go sooner."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.privacy.models import RetentionPeriod, RetentionPurpose
from recruiter.privacy.retention import retention_queries
from recruiter.privacy.retention.retention_rules import LONGEST

MOST_NAMED = 20  # places in a refusal
DECIDED = "This keeping time was decided already."


def propose(session: Session, *, purpose: RetentionPurpose, place: str, length: int, act: Act) -> RetentionPeriod:
    """Propose how long data of a purpose is kept at a place, in the unit of the purpose.

    It holds once another administrator has confirmed it. A longer time than the one that was set deletes nothing: where
    there is one administrator only, it holds at once. Raises RuleBroken at `length` or `place`.
    """
    most = LONGEST[purpose.unit]
    if not 1 <= length <= most:
        raise RuleBroken.at("length", f"Enter a number of {purpose.unit}s from 1 to {most:,}.")
    cleaned = text.one_line(place)
    if cleaned and not purpose.has_places:
        raise RuleBroken.at("place", f"{purpose.label} have one time everywhere. Leave the place empty.")
    _check_place(session, cleaned)
    times = retention_queries.schedule(session)
    is_set = times.is_set(purpose, cleaned)
    if is_set and length == times.length(purpose, cleaned):
        raise RuleBroken.at("length", "It is kept that long already. Enter another number.")
    period = RetentionPeriod(
        place=cleaned, purpose=purpose, length=length, proposed_by_id=act.actor.id, proposed_at=act.now
    )
    if is_set and length > times.length(purpose, cleaned) and is_only_administrator(session):
        period.confirmed_by_id, period.confirmed_at = act.actor.id, act.now
    session.add(period)
    session.flush()
    detail = {"purpose": purpose.value, "length": length, "unit": purpose.unit}
    audit.record(session, action=AuditAction.RETENTION_PROPOSED, subject=period, act=act, **detail)
    return period


def is_only_administrator(session: Session) -> bool:
    """Whether there is one administrator only, so that nobody could confirm what they propose."""
    return session.scalar(select(func.count(User.id)).where(User.role == Role.ADMIN, User.active)) == 1


def _check_place(session: Session, place: str) -> None:
    known = retention_queries.known_places(session)
    if place and text.folded(place) not in map(text.folded, known):
        names = ", ".join(known[:MOST_NAMED]) or "none yet"
        raise RuleBroken.at("place", f"No requisition is in {place}. Places of requisitions: {names}.")


def confirm(session: Session, *, period: RetentionPeriod, act: Act) -> RetentionPeriod:
    """Confirm a keeping time that somebody else proposed; from now on it holds. Raises Conflict."""
    if not period.is_open:
        raise Conflict(DECIDED)
    if period.proposed_by_id == act.actor.id:
        raise Conflict("You proposed it, so another administrator confirms it.")
    period.confirmed_by_id, period.confirmed_at = act.actor.id, act.now
    audit.record(session, action=AuditAction.RETENTION_CONFIRMED, subject=period, act=act)
    return period


def refuse(session: Session, *, period: RetentionPeriod, act: Act) -> RetentionPeriod:
    """Refuse a keeping time that somebody proposed, or withdraw one's own. Raises Conflict."""
    if not period.is_open:
        raise Conflict(DECIDED)
    period.refused_by_id, period.refused_at = act.actor.id, act.now
    audit.record(session, action=AuditAction.RETENTION_REFUSED, subject=period, act=act)
    return period
