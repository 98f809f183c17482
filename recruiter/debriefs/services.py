"""Writing down what a round table decided."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.debriefs import queries, rules, score_leaders
from recruiter.debriefs.models import DebriefRecord, Outcome
from recruiter.foundation import text
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition


def _written(
    session: Session,
    *,
    requisition: Requisition,
    application: Application | None,
    said: str,
    early: bool,
    actor: User,
    now: dt.datetime,
    outcome: Outcome | None = None,
    reason: str = "",
    leader: Application | None = None,
    chosen: Application | None = None,
    action: str = "debrief.recorded",
) -> DebriefRecord:
    one = DebriefRecord(
        requisition_id=requisition.id,
        application_id=application.id if application else None,
        decision=said,
        outcome=outcome,
        reason=reason,
        leader_id=leader.id if leader else None,
        chosen_id=chosen.id if chosen else None,
        opened_early=early,
        by=actor,
        at=now,
    )
    session.add(one)
    session.flush()
    audit.record(
        session,
        action=action,
        subject=one,
        actor_id=actor.id,
        at=now,
        requisition_id=requisition.id,
        application_id=application.id if application else None,
        outcome=outcome.value if outcome else None,
        chosen_id=chosen.id if chosen else None,
    )
    return one


def open_early(
    session: Session,
    *,
    requisition: Requisition,
    reason: str,
    actor: User,
    now: dt.datetime,
    application: Application | None = None,
) -> DebriefRecord:
    """Open the debrief before all cards are in; the reason stands in the record. Who owes a card is still shown nothing."""
    _check_own(requisition, application)
    said = rules.check_reason(reason)
    return _written(
        session,
        requisition=requisition,
        application=application,
        said=said,
        early=True,
        actor=actor,
        now=now,
        action="debrief.opened_early",
    )


def record(
    session: Session,
    *,
    requisition: Requisition,
    decision: str,
    actor: User,
    now: dt.datetime,
    application: Application | None = None,
    open_early_because: str = "",
    outcome: Outcome | None = None,
    reason: str = "",
    first_choice: Application | None = None,
    seen: int | None = None,
) -> DebriefRecord:
    """Write down a decision on one application or on the whole slate, with its reason; `first_choice` is whom the table wants first.

    Whom the cards had ahead is kept beside it. Raises RuleBroken where nothing is written or a choice of another than
    that has no reason, and Conflict while cards are missing and no reason is given to go on without them. `seen` is the number
    of the last record that the writer has read, 0 for none: Overtaken where there is a later one, be it by a moment.
    """
    row_lock.hold(session, requisition.id)
    if seen is not None and seen != _last_number(session, requisition):
        raise Overtaken("Somebody recorded a decision since you read this page. Look at it, then record a change.")
    _check_own(requisition, application)
    _check_own(requisition, first_choice, field="first_choice")
    said, why = rules.check_decision(decision), text.clean(reason)[: rules.LONGEST_TEXT]
    every = queries.applications_of(session, requisition)
    talked_of = [application] if application else every
    early = queries.opened_early(session, requisition)
    missing = queries.missing_on(session, talked_of)
    names = [one.user.name for found in missing.values() for one in found]
    opened = None in early or all(number in early for number, found in missing.items() if found)
    because = text.clean(open_early_because)
    opens = rules.check_open(missing=names, opened=opened, reason=because)
    leader = score_leaders.check_reasoned(
        session, requisition=requisition, applications=every, chosen=first_choice, reason=why, actor=actor
    )
    if opens:
        open_early(session, requisition=requisition, application=application, reason=because, actor=actor, now=now)
    return _written(
        session,
        requisition=requisition,
        application=application,
        said=said,
        early=bool(names),
        actor=actor,
        now=now,
        outcome=outcome,
        reason=why,
        leader=leader,
        chosen=first_choice,
    )


def _last_number(session: Session, requisition: Requisition) -> int:
    wanted = select(func.max(DebriefRecord.id)).where(DebriefRecord.requisition_id == requisition.id)
    return session.scalar(wanted) or 0


def _check_own(requisition: Requisition, application: Application | None, *, field: str = "application_id") -> None:
    if application is not None and application.requisition_id != requisition.id:
        raise RuleBroken.at(field, "There is no such application on this requisition.")
