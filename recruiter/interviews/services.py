"""Interviews planned, moved and cancelled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import rules
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.pipeline import rules as pipeline
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Stage
from recruiter.requisitions.rules import DEFAULT_BAR


@dataclass(frozen=True)
class Seat:
    """Somebody on a panel; of another team where `cross_functional`."""

    user: User
    cross_functional: bool = False


def plan(
    session: Session,
    *,
    application: Application,
    stage: Stage,
    name: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    panel: list[Seat],
    actor: User,
    now: dt.datetime,
    focus: list[str] | None = None,
) -> Interview:
    """Plan an interview with its panel. The first one of a requisition fixes its bar. One that lies in the past may be recorded too."""
    pipeline.check_active(application)
    rules.check_times(starts_at=starts_at, ends_at=ends_at)
    if not text.clean(name):
        raise RuleBroken.at("name", "Give the interview a name, like System design panel.")
    if not panel:
        raise RuleBroken.at("panel", "Name at least one person who holds the interview.")
    if len({seat.user.id for seat in panel}) != len(panel):
        raise RuleBroken.at("panel", "Somebody is on this panel twice.")
    if stage.requisition_id != application.requisition_id:
        raise RuleBroken.at("stage", "This stage belongs to another requisition.")
    requisition = application.requisition
    interview = Interview(
        application=application,
        stage=stage,
        name=text.clean(name),
        starts_at=starts_at,
        ends_at=ends_at,
        status=InterviewStatus.PLANNED,
        focus=rules.check_focus(focus or [], attributes=[one.name for one in requisition.attributes]),
        created_by_id=actor.id,
        created_at=now,
    )
    interview.panel = [Panelist(user=seat.user, cross_functional=seat.cross_functional) for seat in panel]
    session.add(interview)
    if requisition.bar_fixed_at is None:
        requisition.bar = DEFAULT_BAR if requisition.bar is None else requisition.bar
        requisition.bar_fixed_at = now
    session.flush()
    audit.record(
        session,
        action="interview.planned",
        subject=interview,
        actor_id=actor.id,
        at=now,
        application_id=application.id,
        panel=len(panel),
    )
    return interview


def change(
    session: Session,
    *,
    interview: Interview,
    actor: User,
    now: dt.datetime,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    name: str | None = None,
    status: InterviewStatus | None = None,
) -> Interview:
    """Move, rename, cancel or mark an interview. A cancelled one is not brought back: plan a new one (Conflict)."""
    if interview.status == InterviewStatus.CANCELLED:
        raise Conflict("This interview was cancelled. Plan a new one.")
    begins, ends = starts_at or interview.starts_at, ends_at or interview.ends_at
    rules.check_times(starts_at=begins, ends_at=ends)
    interview.starts_at, interview.ends_at = begins, ends
    if name is not None:
        interview.name = text.clean(name) or interview.name
    if status is not None:
        interview.status = status
    audit.record(
        session, action="interview.changed", subject=interview, actor_id=actor.id, at=now, status=interview.status.value
    )
    return interview
