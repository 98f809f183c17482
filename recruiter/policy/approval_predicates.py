"""Questions about approval: who has a seat in the chain of an offer or a case, who says who stands in for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.offers.approval import approval_chain
from recruiter.offers.models import StandIn
from recruiter.policy.predicates import Facts

Thing = TypeVar("Thing")


def _named_for(session: Session, actor: User) -> set[int]:
    """In whose place somebody was named to answer, today or on other days.

    The days are the rule of the act itself; whoever was named may read before their first day.
    """
    return set(
        session.scalars(select(StandIn.user_id).where(StandIn.deputy_id == actor.id, StandIn.ended_at.is_(None)))
    )


def _seated(subject: object, actor: User, named_for: Collection[int]) -> bool:
    groups = [group for step in approval_chain.plan_of(getattr(subject, "plan", None)).steps for group in step]
    seats = {member for group in groups for member in group.members}
    return any(not group.members for group in groups) or actor.id in seats or bool(seats & set(named_for))


def in_chain(f: Facts) -> bool:
    """Has a seat in the chain of the subject, or has been named to stand in for somebody who has."""
    subject = f.subject if hasattr(f.subject, "plan") else getattr(f.subject, "case", None) or f.subject
    return _seated(subject, f.actor, ()) or _seated(subject, f.actor, _named_for(f.session, f.actor))


def of_own_chains(session: Session, *, actor: User, requests: Sequence[Thing]) -> list[Thing]:
    """Of offers or cases in a list, for an approver those in whose chain they sit; for everybody else all of them."""
    if actor.role != Role.APPROVER:
        return list(requests)
    named_for = _named_for(session, actor)
    return [request for request in requests if _seated(request, actor, named_for)]


def is_away(f: Facts) -> bool:
    """Is the one in whose place somebody answers."""
    return isinstance(f.subject, StandIn) and f.subject.user_id == f.actor.id
