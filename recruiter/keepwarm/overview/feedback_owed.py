"""Feedback that the company owes to finalists it did not choose: asked for on the day, tracked until it is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.act import Moment
from recruiter.keepwarm.models.records import Direction, TouchKind, Touchpoint
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import Situation
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, Finalist
from recruiter.requisitions.models import Requisition


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


def owed(session: Session, *, searches: Select[int], moment: Moment) -> list[OwedFeedback]:
    """Every finalist whom the company let go on these searches, the earliest due first; three statements."""
    statement = (
        select(Application)
        .join(Finalist, Finalist.application_id == Application.id)
        .where(
            Application.requisition_id.in_(searches),
            Application.status == ApplicationStatus.REJECTED,
            Application.ended_by == EndedBy.COMPANY,
        )
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
    )
    applications = list(session.scalars(statement))
    if not applications:
        return []
    statement_feedback = select(Touchpoint.application_id, Touchpoint.at).where(
        Touchpoint.application_id.in_([application.id for application in applications]),
        Touchpoint.direction == Direction.TO,
        Touchpoint.kind == TouchKind.FEEDBACK,
    )
    feedback_at = {row[0]: row[1] for row in session.execute(statement_feedback.order_by(Touchpoint.at))}
    cadences = agreement_queries.cadences(session, sorted({application.requisition_id for application in applications}))
    feedback_list = []
    for application in applications:
        ended_on = moment.day_of(application.ended_at or application.created_at)
        within = cadences[application.requisition_id].days(Situation.FEEDBACK)
        given_on = moment.day_of(feedback_at[application.id]) if application.id in feedback_at else None
        feedback_list.append(OwedFeedback(application, ended_on, moment.calendar.add(ended_on, within), given_on))
    return sorted(
        feedback_list, key=lambda feedback: (feedback.given_on is not None, feedback.due_on, feedback.application.id)
    )


def of_requisition(session: Session, requisition: Requisition, *, moment: Moment) -> list[OwedFeedback]:
    """The same for one requisition."""
    this = select(Requisition.id).where(Requisition.id == requisition.id)
    return owed(session, searches=this, moment=moment)
