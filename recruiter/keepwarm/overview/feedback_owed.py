"""Feedback that the company owes to finalists it did not choose: asked for on the day, tracked until it is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm.models.records import Direction, TouchKind, Touchpoint
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, Finalist


@dataclass(frozen=True)
class OwedFeedback:
    """A finalist who was not chosen: since when, by when feedback is due, and on which day it was given."""

    application: Application
    ended_on: dt.date
    due_on: dt.date
    given_on: dt.date | None

    def late(self, today: dt.date) -> bool:
        """Whether the feedback is not given and its day has passed."""
        return self.given_on is None and self.due_on < today


def owed(session: Session, *, searches: Scope, moment: Moment) -> list[OwedFeedback]:
    """Every finalist whom the company let go on these searches, the earliest due first; three statements."""
    statement = (
        select(Application)
        .join(Finalist, Finalist.application_id == Application.id)
        .where(
            searches.contains(Application.requisition_id),
            Application.status == ApplicationStatus.REJECTED,
            Application.ended_by == EndedBy.COMPANY,
        )
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
    )
    applications = list(session.scalars(statement))
    if not applications:
        return []
    feedback = (
        select(Touchpoint.application_id, func.max(Touchpoint.at))
        .where(
            Touchpoint.application_id.in_([application.id for application in applications]),
            Touchpoint.direction == Direction.TO,
            Touchpoint.kind == TouchKind.FEEDBACK,
        )
        .group_by(Touchpoint.application_id)
    )
    feedback_at = dict(session.execute(feedback).all())
    cadences = agreement_queries.cadences(session, sorted({application.requisition_id for application in applications}))
    waiting = []
    for application in applications:
        ended_on = moment.day_of(application.ended_at or application.created_at)
        due_on = moment.calendar.add(ended_on, cadences[application.requisition_id].days(Situation.FEEDBACK))
        given_at = feedback_at.get(application.id)
        waiting.append(OwedFeedback(application, ended_on, due_on, moment.day_of(given_at) if given_at else None))
    return sorted(
        waiting, key=lambda feedback: (feedback.given_on is not None, feedback.due_on, feedback.application.id)
    )
