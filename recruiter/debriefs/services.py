"""Writing down what a round table decided."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.debriefs import queries, rules, score_leaders
from recruiter.debriefs.models import DebriefRecord, Outcome
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition


def _add_record(
    session: Session,
    *,
    requisition: Requisition,
    application: Application | None,
    decision: str,
    early: bool,
    act: Act,
    outcome: Outcome | None = None,
    reason: str = "",
    leader: Application | None = None,
    chosen: Application | None = None,
    action: AuditAction = AuditAction.DEBRIEF_RECORDED,
) -> DebriefRecord:
    entry = DebriefRecord(
        requisition_id=requisition.id,
        application_id=application.id if application else None,
        decision=decision,
        outcome=outcome,
        reason=reason,
        leader_id=leader.id if leader else None,
        chosen_id=chosen.id if chosen else None,
        opened_early=early,
        by=act.actor,
        at=act.now,
    )
    session.add(entry)
    session.flush()
    audit.record(
        session,
        action=action,
        subject=entry,
        act=act,
        requisition_id=requisition.id,
        application_id=application.id if application else None,
        outcome=outcome.value if outcome else None,
        chosen_id=chosen.id if chosen else None,
    )
    return entry


def open_early(
    session: Session, *, requisition: Requisition, reason: str, act: Act, application: Application | None = None
) -> DebriefRecord:
    """Open the debrief before all cards are in; the reason stands in the record. Who owes a card is still shown nothing."""
    _check_own(requisition, application)
    cleaned_reason = rules.check_reason(reason)
    return _add_record(
        session,
        requisition=requisition,
        application=application,
        decision=cleaned_reason,
        early=True,
        act=act,
        action=AuditAction.DEBRIEF_OPENED_EARLY,
    )


def record(
    session: Session,
    *,
    requisition: Requisition,
    decision: str,
    act: Act,
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
    row_lock.lock(session, requisition.id)
    if seen is not None and seen != _last_record_id(session, requisition):
        raise Overtaken("Somebody recorded a decision since you read this page. Look at it, then record a change.")
    _check_own(requisition, application)
    _check_own(requisition, first_choice, field="first_choice")
    decision_text, cleaned_reason = rules.check_decision(decision), text.clean(reason)[: rules.LONGEST_TEXT]
    discussed = queries.candidates_discussed(session, requisition)
    concerned = [application] if application else discussed
    early = queries.opened_early_on(session, requisition)
    missing = queries.missing_cards_of(session, concerned)
    names = [card.user.name for cards in missing.values() for card in cards]
    opened = None in early or all(application_id in early for application_id, cards in missing.items() if cards)
    early_reason = text.clean(open_early_because)
    opens_early = rules.check_open(missing=names, opened=opened, reason=early_reason)
    leader = score_leaders.check_choice(
        session,
        requisition=requisition,
        applications=discussed,
        chosen=first_choice,
        reason=cleaned_reason,
        actor=act.actor,
    )
    if opens_early:
        open_early(session, requisition=requisition, application=application, reason=early_reason, act=act)
    return _add_record(
        session,
        requisition=requisition,
        application=application,
        decision=decision_text,
        early=bool(names),
        act=act,
        outcome=outcome,
        reason=cleaned_reason,
        leader=leader,
        chosen=first_choice,
    )


def _last_record_id(session: Session, requisition: Requisition) -> int:
    query = select(func.max(DebriefRecord.id)).where(DebriefRecord.requisition_id == requisition.id)
    return session.scalar(query) or 0


def _check_own(requisition: Requisition, application: Application | None, *, field: str = "application_id") -> None:
    if application is not None and application.requisition_id != requisition.id:
        raise RuleBroken.at(field, "There is no such application on this requisition.")
