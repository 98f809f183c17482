"""After applications ended: whom the act has told, and who still waits to hear it from us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.jobs import Job, JobStatus
from recruiter.interviews.models import Interview
from recruiter.keepwarm import queries
from recruiter.keepwarm.messages.message_queries import QUEUE
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition

LATELY = dt.timedelta(days=14)


def panel_names(cancelled: Sequence[Interview]) -> list[str]:
    """Who is sent the cancellation of some interviews, by name; nobody whose account has ended."""
    return sorted({seat.user.name for interview in cancelled for seat in interview.panel if seat.user.active})


def ended_lately(session: Session, *, within: Scope, moment: Moment, limit: int) -> list[Application]:
    """The applications that ended within the last two weeks on searches held here, the last first."""
    query = (
        select(Application)
        .join(Application.requisition)
        .where(
            within.contains(Application.requisition_id),
            Application.status.in_(queries.ENDED),
            Application.ended_at >= moment.now - LATELY,
            Requisition.imported.is_(False),
        )
        .order_by(Application.ended_at.desc(), Application.id)
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
        .limit(limit)
    )
    return list(session.scalars(query))


def unwritten(session: Session, applications: Sequence[Application], *, moment: Moment) -> list[Application]:
    """Those of some ended applications whose candidate has not heard from us since: no message, none on its way, no talk.

    What was said before the end tells nobody of it, on the same day either; a contact that is written down after the end with an
    hour before it, on the day of the end, counts. Two statements.
    """
    closed = [each for each in applications if each.is_closed and each.candidate.erased_at is None]
    if not closed:
        return []
    waiting = select(Job.payload).where(Job.kind == QUEUE, Job.status == JobStatus.QUEUED)
    reached_ids = {payload.get("application_id") for payload in session.scalars(waiting)}
    ended_at = {each.id: each.ended_at or moment.now for each in closed}
    for touch in queries.touchpoints_among(session, list(ended_at)):
        ended = ended_at[touch.application_id]
        written_after = touch.created_at >= ended and moment.day_of(touch.at) == moment.day_of(ended)
        if touch.reaches_candidate and (touch.at >= ended or written_after):
            reached_ids.add(touch.application_id)
    return [each for each in closed if each.id not in reached_ids]
