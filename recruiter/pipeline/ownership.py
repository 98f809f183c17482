"""Who looks after an application: set for one or many, kept as history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.pipeline import rules
from recruiter.pipeline.models import Application, OwnerChange
from recruiter.requisitions.models import MemberKind, Requisition


def first_owner(requisition: Requisition) -> User | None:
    """Whose a new application is: the recruiter of the search where there is one alone; nobody's where several share it."""
    found = [one.user for one in requisition.members if one.kind == MemberKind.RECRUITER and one.user.active]
    return found[0] if len(found) == 1 else None


def hand(
    session: Session,
    *,
    application: Application,
    to: User | None,
    among: Collection[int],
    actor: User,
    now: dt.datetime,
) -> OwnerChange | None:
    """Give an application to whoever looks after it from now on, or to nobody; None where it is theirs already.

    `among` are the numbers of those who may move it, as the policy has them. Raises RuleBroken at `owner` for anybody else,
    Conflict for an application that has ended.
    """
    rules.check_active(application)
    if to is not None:
        rules.check_owner(to, among=among)
    return _go(session, application, to, actor=actor, now=now)


def give_back(
    session: Session, *, application: Application, to: User | None, actor: User, now: dt.datetime
) -> OwnerChange | None:
    """Take a handing over back: the application is again whoever's it was, even where they may not move it any more."""
    rules.check_active(application)
    return _go(session, application, to, actor=actor, now=now)


def _go(
    session: Session, application: Application, to: User | None, *, actor: User, now: dt.datetime
) -> OwnerChange | None:
    number = to.id if to else None
    if application.owner_id == number:
        return None
    change = OwnerChange(
        application_id=application.id,
        from_owner_id=application.owner_id,
        to_owner_id=number,
        changed_by_id=actor.id,
        changed_at=now,
    )
    session.add(change)
    application.owner, application.owner_id = to, number
    audit.record(session, action="application.handed", subject=application, actor_id=actor.id, at=now, owner_id=number)
    return change
