"""What a search agrees about its bench: the days of its clocks, its dates, and who is left alone until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import decision_dates
from recruiter.keepwarm.models.agreements import AgreedDate, CadenceRule, DateKind, Snooze
from recruiter.keepwarm.schedule import agreement_queries, cadence
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.pipeline import rules as pipeline
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition

SNOOZE_DAYS = 90
AGREED = {DateKind.DECISION: AuditAction.DATE_DECISION, DateKind.APPROVAL: AuditAction.DATE_APPROVAL}


def set_cadence(
    session: Session, *, requisition: Requisition, chosen: Mapping[Situation, int], act: Act
) -> dict[str, list[int]]:
    """Set the days of some situations on one requisition; answers what changed, as [before, after] by situation.

    Raises RuleBroken with the situations whose days do not fit; then nothing changes.
    """
    cadence.check(chosen)
    before = agreement_queries.days_here(session, requisition)
    changed = {situation: days for situation, days in chosen.items() if days != before[situation]}
    statement = select(CadenceRule).where(CadenceRule.requisition_id == requisition.id)
    rules = {Situation(rule.situation): rule for rule in session.scalars(statement)}
    for situation, days in changed.items():
        if situation == Situation.BENCH:
            requisition.cadence_bench_days = days
        elif situation == Situation.OFFER_OUT:
            requisition.cadence_offer_days = days
        elif situation in rules:
            rules[situation].days = days
        else:
            session.add(CadenceRule(requisition_id=requisition.id, situation=situation.value, days=days))
    answer = {situation.value: [before[situation], days] for situation, days in changed.items()}
    if changed:
        audit.record(session, action=AuditAction.CADENCE_CHANGED, subject=requisition, act=act, changed=answer)
    return answer


def snooze(session: Session, *, application: Application, until: dt.date, reason: str, act: Act) -> Snooze:
    """Leave a finalist alone until a date, with the reason. Promises and other employers' dates stand as they are."""
    pipeline.check_active(application)
    if application.finalist is None:
        raise Conflict("Only somebody on the slate has a next contact that could wait.")
    if not act.today < until <= act.today + dt.timedelta(days=SNOOZE_DAYS):
        raise RuleBroken.at("until", f"Choose a day after today, at most {SNOOZE_DAYS} days ahead.")
    reason_text = text.clean(reason)
    if not reason_text:
        raise RuleBroken.at("reason", "Say why they are left alone, like “On holiday, asked us to wait”.")
    snoozed = Snooze(application_id=application.id, until=until, reason=reason_text, by=act.actor, at=act.now)
    session.add(snoozed)
    audit.record(session, action=AuditAction.FINALIST_SNOOZED, subject=snoozed, act=act, until=until.isoformat())
    return snoozed


def agree_date(
    session: Session,
    *,
    requisition: Requisition,
    kind: DateKind,
    due_on: dt.date,
    reason: str,
    act: Act,
    promised_by: User | None = None,
) -> AgreedDate:
    """Keep the day on which a search decides, or by which an approver promised to answer; it takes the place of the last.

    A decision that was set before is moved only with a reason. Raises RuleBroken at the field that does not fit.
    """
    if due_on < act.today:
        raise RuleBroken.at("due_on", "Choose a date that has not passed: today or later.")
    reason_text = text.clean(reason)
    if kind == DateKind.APPROVAL:
        if promised_by is None or not promised_by.active or promised_by.role not in {Role.APPROVER, Role.ADMIN}:
            raise RuleBroken.at("promised_by", "Choose the approver who promised to answer.")
    else:
        promised_by = None
        if not reason_text and decision_dates.decision_dates_of(session, [requisition.id]):
            raise RuleBroken.at("reason", "Say why the decision moves. The slate was told the other date.")
        # The one day on which a search decides: interviewers are told what their late cards hold up by it.
        decision_dates.set_date(session, requisition=requisition, decide_on=due_on, act=act)
    agreed_date = AgreedDate(
        requisition_id=requisition.id,
        kind=kind,
        due_on=due_on,
        promised_by=promised_by,
        reason=reason_text,
        by=act.actor,
        at=act.now,
    )
    session.add(agreed_date)
    agreed = {"due_on": due_on.isoformat(), "promised_by_id": promised_by.id if promised_by else None}
    audit.record(session, action=AGREED[kind], subject=agreed_date, act=act, **agreed)
    return agreed_date
