"""After applications ended: whom the act has told, and who still waits to hear it from us."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.act import Moment
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.interviews.models import Interview
from recruiter.keepwarm import queries
from recruiter.keepwarm.messages.message_queries import QUEUE
from recruiter.pipeline.models import Application


def panel_names(cancelled: Sequence[Interview]) -> list[str]:
    """Who is sent the cancellation of some interviews, by name; nobody whose account has ended."""
    return sorted({seat.user.name for interview in cancelled for seat in interview.panel if seat.user.active})


def unwritten(session: Session, applications: Sequence[Application], *, moment: Moment) -> list[Application]:
    """Those of some ended applications whose candidate has not heard from us since: no message, none on its way, no talk.

    A contact of the very day counts as heard, whether it was before or after. Two statements.
    """
    closed = [each for each in applications if each.is_closed and each.candidate.erased_at is None]
    if not closed:
        return []
    waiting = select(Job.payload).where(Job.kind == QUEUE, Job.status == JobStatus.QUEUED)
    reached_ids = {payload.get("application_id") for payload in session.scalars(waiting)}
    ended_on = {each.id: moment.day_of(each.ended_at or moment.now) for each in closed}
    for touch in queries.touchpoints_among(session, list(ended_on)):
        if touch.reaches_candidate and moment.day_of(touch.at) >= ended_on[touch.application_id]:
            reached_ids.add(touch.application_id)
    return [each for each in closed if each.id not in reached_ids]
