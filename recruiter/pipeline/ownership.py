"""Who looks after an application, kept as history; how they came to the requisition, and which colleague brought them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import RuleBroken
from recruiter.pipeline import rules
from recruiter.pipeline.models import Application, OwnerChange
from recruiter.requisitions.models import Requisition

LONGEST_SOURCE = 120


def default_owner(requisition: Requisition) -> User | None:
    """Whose a new application is: the recruiter of the search where there is one alone; nobody's where several share it."""
    recruiters = [recruiter for recruiter in requisition.recruiters if recruiter.active]
    return recruiters[0] if len(recruiters) == 1 else None


def assign(
    session: Session, *, application: Application, to: User | None, act: Act, mover_ids: Collection[int] | None
) -> OwnerChange | None:
    """Give an application to whoever looks after it from now on, or to nobody; None where it is theirs already.

    `mover_ids` are the numbers of those who may move it, as the policy has them; None where a handing over is taken back,
    and the application is again whoever's it was, even where they may not move it any more. Raises RuleBroken at `owner` for
    anybody else, Conflict for an application that has ended.
    """
    rules.check_active(application)
    if to is not None and mover_ids is not None:
        rules.check_owner(to, mover_ids=mover_ids)
    owner_id = to.id if to else None
    if application.owner_id == owner_id:
        return None
    change = OwnerChange(application_id=application.id, from_owner_id=application.owner_id, to_owner_id=owner_id)
    change.changed_by_id, change.changed_at = act.actor.id, act.now
    session.add(change)
    application.owner, application.owner_id = to, owner_id
    audit.record(session, action=AuditAction.APPLICATION_HANDED, subject=application, act=act, owner_id=owner_id)
    return change


def credit(
    session: Session, *, application: Application, source: str, credited_to: User | None, act: Act
) -> Application:
    """Record how somebody came to a requisition, and whom that is owed to, if to anybody. Raises RuleBroken at `source`."""
    source_text = text.one_line(source)
    if len(source_text) > LONGEST_SOURCE:
        raise RuleBroken.at("source", f"Use at most {LONGEST_SOURCE} characters.")
    application.source, application.credited_to = source_text, credited_to
    credited, user_id = AuditAction.APPLICATION_CREDITED, credited_to.id if credited_to else None
    audit.record(session, action=credited, subject=application, act=act, credited_to_id=user_id)
    return application
