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


def _add(
    session: Session, entry: DebriefRecord, *, act: Act, action: AuditAction = AuditAction.DEBRIEF_RECORDED
) -> DebriefRecord:
    entry.by_id, entry.at = act.actor_id, act.now
    session.add(entry)
    audit.record(
        session,
        action=action,
        subject=entry,
        act=act,
        requisition_id=entry.requisition_id,
        application_id=entry.application_id,
        outcome=entry.outcome.value if entry.outcome else None,
        chosen_id=entry.chosen_id,
    )
    return entry


def open_early(
    session: Session, *, requisition: Requisition, reason: str, act: Act, application: Application | None = None
) -> DebriefRecord:
    """Open the debrief before all cards are in; the reason stands in the record. Who owes a card is still shown nothing."""
    entry = DebriefRecord(
        requisition_id=requisition.id,
        application_id=_own_id(requisition, application),
        decision=rules.check_reason(reason),
        opened_early=True,
    )
    return _add(session, entry, act=act, action=AuditAction.DEBRIEF_OPENED_EARLY)


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
    entry = DebriefRecord(
        requisition_id=requisition.id,
        application_id=_own_id(requisition, application),
        chosen_id=_own_id(requisition, first_choice, field="first_choice"),
        decision=rules.check_decision(decision),
        outcome=outcome,
        reason=text.clean(reason)[: rules.LONGEST_TEXT],
    )
    discussed = queries.candidates_discussed(session, requisition)
    concerned = [application] if application else discussed
    early = queries.opened_early_on(session, requisition)
    missing = queries.missing_cards_of(session, concerned)
    names = [card.user.name for cards in missing.values() for card in cards]
    opened = None in early or all(application_id in early for application_id, cards in missing.items() if cards)
    early_reason = text.clean(open_early_because)
    opens_early = rules.check_open(missing=names, opened=opened, reason=early_reason)
    leader = score_leaders.clear_leader(session, discussed)
    if leader and first_choice and not queries.owes_on_debrief(session, viewer=act.actor, requisition=requisition):
        compared = (leader.candidate.name, first_choice.candidate.name)  # the refusal tells of the cards
        rules.check_departure(differs=leader.id != first_choice.id, names=compared, reason=entry.reason)
    if opens_early:
        open_early(session, requisition=requisition, application=application, reason=early_reason, act=act)
    entry.leader_id, entry.opened_early = leader.id if leader else None, bool(names)
    return _add(session, entry, act=act)


def _last_record_id(session: Session, requisition: Requisition) -> int:
    query = select(func.max(DebriefRecord.id)).where(DebriefRecord.requisition_id == requisition.id)
    return session.scalar(query) or 0


def _own_id(requisition: Requisition, application: Application | None, *, field: str = "application_id") -> int | None:
    if application is not None and application.requisition_id != requisition.id:
        raise RuleBroken.at(field, "There is no such application on this requisition.")
    return application.id if application else None
