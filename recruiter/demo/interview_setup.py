"""What a search of the story has before anybody is met: an interview plan, anchors, and by when it decides."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from recruiter.accounts.models import User
from recruiter.demo import phrases
from recruiter.demo.acts import act_by
from recruiter.interviews import decision_dates, interview_plans
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.scorecards import anchors

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def write_plan(session: Session, requisition: Requisition, *, recruiter: User, at: dt.datetime) -> None:
    """Write the two talks of the plan, and what a 1 to a 5 looks like for each attribute."""
    stage = next(stage for stage in requisition.stages if stage.kind == StageKind.INTERVIEW)
    plan = [interview_plans.PlanEntry(stage, name, 60, list(focus)) for name, focus in phrases.INTERVIEWS]
    interview_plans.save_plan(session, requisition=requisition, entries=plan, act=act_by(recruiter, now=at))
    anchored = {
        attribute.id: dict(enumerate(phrases.ANCHORS[attribute.name], 1)) for attribute in requisition.attributes
    }
    anchors.save_anchors(
        session, requisition=requisition, anchors=anchored, evidence_for_all=False, act=act_by(recruiter, now=at)
    )


def decide_by(
    session: Session, requisition: Requisition, *, decide_on: dt.date, recruiter: User, at: dt.datetime
) -> None:
    """Say by when a search decides."""
    decision_dates.set_date(session, requisition=requisition, decide_on=decide_on, act=act_by(recruiter, now=at))
