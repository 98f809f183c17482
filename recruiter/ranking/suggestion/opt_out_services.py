"""Suggestions switched off and on, and candidates who asked not to be ranked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.endings.ledger import Ending
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline.models import Application
from recruiter.ranking import queries
from recruiter.ranking.models import RankingWish, SuggestionSwitch
from recruiter.requisitions.models import Requisition


def switch_everywhere(session: Session, *, on: bool, reason: str, act: Act) -> SuggestionSwitch:
    """Switch suggestions off, or on again, in the whole company. Raises Conflict where they stand so already."""
    if queries.off_everywhere(session) is not on:
        raise Conflict(f"Suggestions are switched {'on' if on else 'off'} already.")
    return _record_switch(session, requisition=None, on=on, reason=_reason(reason, needed=not on), act=act)


def switch(session: Session, *, requisition: Requisition, on: bool, reason: str, act: Act) -> SuggestionSwitch:
    """Switch the suggestion of one search off, or on again. Raises Conflict where it stands so already."""
    if requisition.suggestion_on is on:
        raise Conflict(f"The suggestion for {requisition.key} is switched {'on' if on else 'off'} already.")
    cleaned_reason = _reason(reason, needed=not on)
    requisition.suggestion_on = on
    return _record_switch(session, requisition=requisition, on=on, reason=cleaned_reason, act=act)


def _reason(reason: str, *, needed: bool) -> str:
    cleaned = text.clean(reason)
    if needed and not cleaned:
        raise RuleBroken.at("reason", "Say why.")
    return cleaned


def _record_switch(
    session: Session, *, requisition: Requisition | None, on: bool, reason: str, act: Act
) -> SuggestionSwitch:
    switch_record = SuggestionSwitch(
        requisition_id=requisition.id if requisition else None, on=on, by_id=act.actor.id, at=act.now, reason=reason
    )
    session.add(switch_record)
    audit.record(
        session,
        action=AuditAction.SUGGESTION_SWITCHED_ON if on else AuditAction.SUGGESTION_SWITCHED_OFF,
        subject=requisition or switch_record,
        act=act,
        everywhere=requisition is None,
    )
    return switch_record


def record_wish(session: Session, *, application: Application, ranked: bool, reason: str, act: Act) -> RankingWish:
    """Record that a candidate asked not to be ranked on an application, or took that back.

    From then on nothing is computed about them, they stand beside the ranking with the same rights, and their cards teach
    no model. Raises Conflict where it stands so already.
    """
    last = queries.wish_of(session, application.id)
    if (last is None or last.ranked) is ranked:
        raise Conflict(f"{application.candidate.name} is {'ranked' if ranked else 'not ranked'} already.")
    why, by_id = _reason(reason, needed=True), act.actor.id
    wish = RankingWish(application_id=application.id, ranked=ranked, by_id=by_id, at=act.now, reason=why)
    session.add(wish)
    record_ending(session, Ending.RANKING, application, made_at=application.created_at, act=act, lifted=ranked)
    action = AuditAction.APPLICATION_RANKED if ranked else AuditAction.APPLICATION_NOT_RANKED
    audit.record(session, action=action, subject=application, act=act)
    return wish
