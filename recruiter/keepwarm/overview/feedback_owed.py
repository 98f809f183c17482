"""Feedback that the company owes to finalists it did not choose: asked for on the day, tracked until it is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.keepwarm.models.records import Direction, TouchKind, Touchpoint
from recruiter.keepwarm.schedule import agreement_queries
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, Finalist
from recruiter.requisitions.models import Requisition


@dataclass(frozen=True)
class Owed:
    """A finalist who was not chosen: since when, by when feedback is due, and on which day it was given."""

    application: Application
    ended_on: dt.date
    due_on: dt.date
    given_on: dt.date | None

    def late(self, today: dt.date) -> bool:
        """Whether the feedback is not given and its day has passed."""
        return self.given_on is None and self.due_on < today


def owed(session: Session, *, searches: Select[int], zone: dt.tzinfo, calendar: WorkingDays = WEEKDAYS) -> list[Owed]:
    """Every finalist whom the company let go on these searches, the earliest due first; three statements."""
    wanted = (
        select(Application)
        .join(Finalist, Finalist.application_id == Application.id)
        .where(
            Application.requisition_id.in_(searches),
            Application.status == ApplicationStatus.REJECTED,
            Application.ended_by == EndedBy.COMPANY,
        )
        .options(joinedload(Application.candidate), joinedload(Application.requisition))
    )
    people = list(session.scalars(wanted))
    if not people:
        return []
    given = select(Touchpoint.application_id, Touchpoint.at).where(
        Touchpoint.application_id.in_([one.id for one in people]),
        Touchpoint.direction == Direction.TO,
        Touchpoint.kind == TouchKind.FEEDBACK,
    )
    told = {row[0]: row[1] for row in session.execute(given.order_by(Touchpoint.at))}
    own = agreement_queries.cadences(session, sorted({one.requisition_id for one in people}))
    found = []
    for one in people:
        ended = (one.ended_at or one.created_at).astimezone(zone).date()
        within = own.get(one.requisition_id, USUAL).days(Situation.FEEDBACK)
        on = told[one.id].astimezone(zone).date() if one.id in told else None
        found.append(Owed(one, ended, calendar.add(ended, within), on))
    return sorted(found, key=lambda each: (each.given_on is not None, each.due_on, each.application.id))


def of_requisition(
    session: Session, requisition: Requisition, *, zone: dt.tzinfo, calendar: WorkingDays = WEEKDAYS
) -> list[Owed]:
    """The same for one requisition."""
    this = select(Requisition.id).where(Requisition.id == requisition.id)
    return owed(session, searches=this, zone=zone, calendar=calendar)
