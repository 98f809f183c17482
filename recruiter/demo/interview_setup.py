"""What a search of the story has before anybody is met: an interview plan and anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recruiter.demo import phrases
from recruiter.interviews import interview_plans
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.scorecards import anchors

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from recruiter.foundation.act import Act


def write_plan(session: Session, requisition: Requisition, *, act: Act) -> None:
    """Write the two talks of the plan, and what a 1 to a 5 looks like for each attribute."""
    stage = next(stage for stage in requisition.stages if stage.kind == StageKind.INTERVIEW)
    plan = [interview_plans.PlanEntry(stage, name, 60, list(focus)) for name, focus in phrases.INTERVIEWS]
    interview_plans.save_plan(session, requisition=requisition, entries=plan, act=act)
    anchored = {
        attribute.id: dict(enumerate(phrases.ANCHORS[attribute.name], 1)) for attribute in requisition.attributes
    }
    anchors.save_anchors(session, requisition=requisition, anchors=anchored, evidence_for_all=False, act=act)
