"""How far the interviews of every application on a requisition have come: what a board shows, in one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.interviews.models import Interview, Panelist
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries
from recruiter.scorecards.models import Scorecard


@dataclass
class InterviewProgress:
    """Of one application: interviews held and planned, cards in, expected and late, what comes next, who is late."""

    completed: int = 0
    planned: int = 0
    submitted: int = 0
    expected: int = 0
    late: int = 0
    next_interview: tuple[str, dt.datetime] | None = None
    longest_late: tuple[str, dt.datetime] | None = None
    owed_by: set[int] = field(default_factory=set)


def progress_of(session: Session, requisition: Requisition, *, now: dt.datetime) -> dict[int, InterviewProgress]:
    """For each application with an interview that takes place: how far it has come. `longest_late` is whose card is due the longest."""
    interview = (Interview.application_id, Interview.id, Interview.name, Interview.starts_at, Interview.ends_at)
    query = (
        queries.over_seats(select(*interview, Panelist.user_id, User.name, Scorecard.id))
        .join(User, User.id == Panelist.user_id)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.requisition_id == requisition.id)
        .order_by(Interview.starts_at, Interview.id, Panelist.id)
    )
    by_application: dict[int, InterviewProgress] = {}
    seen: set[int] = set()
    for application_id, interview_id, name, starts_at, ends_at, user_id, user_name, card_id in session.execute(query):
        progress = by_application.setdefault(application_id, InterviewProgress())
        if interview_id not in seen:
            seen.add(interview_id)
            progress.planned += 1
            progress.completed += ends_at <= now
            if progress.next_interview is None and ends_at >= now:
                progress.next_interview = (name, starts_at)
        progress.expected += 1
        progress.submitted += card_id is not None
        if card_id is None:
            progress.owed_by.add(user_id)
            if card_due(ends_at) < now:
                progress.late += 1
                progress.longest_late = progress.longest_late or (user_name, card_due(ends_at))
    return by_application
