"""Reasons why a finalist might say no: recorded, answered, resolved."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.models.records import Concern, ConcernKind, ConcernState
from recruiter.pipeline.models import Application


def raise_concern(
    session: Session,
    *,
    application: Application,
    kind: ConcernKind,
    description: str,
    act: Act,
    owner: User | None = None,
    state: ConcernState = ConcernState.OPEN,
    answer: str = "",
) -> Concern:
    """Keep a reason why a finalist might say no, and who answers it."""
    concern_text = text.clean(description)
    if not concern_text:
        raise RuleBroken.at("text", "Say in a line what the concern is.")
    concern = Concern(
        application_id=application.id,
        kind=kind,
        text=concern_text,
        state=state,
        answer=text.clean(answer),
        owner=owner,
        by_id=act.actor.id,
        created_at=act.now,
    )
    session.add(concern)
    audit.record(session, action=AuditAction.CONCERN_RAISED, subject=concern, act=act, kind=kind.value)
    return concern


def change_concern(
    session: Session,
    *,
    concern: Concern,
    act: Act,
    state: ConcernState | None = None,
    answer: str | None = None,
    owner: User | None = None,
) -> Concern:
    """Answer a concern, hand it to somebody, or resolve it."""
    if state is not None:
        concern.state = state
    if answer is not None:
        concern.answer = text.clean(answer)
    if owner is not None and owner != concern.owner:
        hand_over(session, concern=concern, to=owner, act=act)
    audit.record(session, action=AuditAction.CONCERN_CHANGED, subject=concern, act=act)
    return concern


def hand_over(session: Session, *, concern: Concern, to: User, act: Moment) -> Concern:
    """Give a concern to whoever answers it from now on. Whose it was stays on record. Raises RuleBroken at `owner`."""
    if not to.active:
        raise RuleBroken.at("owner", f"{to.name} can no longer sign in. Choose somebody else.")
    if concern.owner == to:
        raise Conflict(f"{to.name} has this concern already. Choose somebody else.")
    before_id = concern.owner_id
    concern.handed_from, concern.handed_at, concern.owner = concern.owner, act.now, to
    audit.record(session, action=AuditAction.CONCERN_HANDED, subject=concern, act=act, from_id=before_id, to_id=to.id)
    return concern
