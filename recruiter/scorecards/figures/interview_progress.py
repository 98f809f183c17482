"""How far the interviews of every application on a requisition have come: what a board shows, in one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.models import CardState, Scorecard


@dataclass
class Progress:
    """Of one application: interviews held and planned, cards in, expected and late, what comes next, who is late."""

    held: int = 0
    planned: int = 0
    submitted: int = 0
    expected: int = 0
    late: int = 0
    coming: tuple[str, dt.datetime] | None = None
    late_by: tuple[str, dt.datetime] | None = None
    owed_by: set[int] = field(default_factory=set)


def of_requisition(session: Session, requisition: Requisition, *, now: dt.datetime) -> dict[int, Progress]:
    """For each application with an interview that takes place: how far it has come. `late_by` is whose card is due the longest."""
    wanted = (
        select(
            Interview.application_id,
            Interview.id,
            Interview.name,
            Interview.starts_at,
            Interview.ends_at,
            Panelist.user_id,
            User.name,
            Scorecard.id,
        )
        .join(Application, Application.id == Interview.application_id)
        .outerjoin(Panelist, Panelist.interview_id == Interview.id)
        .outerjoin(User, User.id == Panelist.user_id)
        .outerjoin(
            Scorecard,
            and_(
                Scorecard.interview_id == Interview.id,
                Scorecard.author_id == Panelist.user_id,
                Scorecard.state != CardState.DRAFT,
            ),
        )
        .where(Application.requisition_id == requisition.id, Interview.status == InterviewStatus.PLANNED)
        .order_by(Interview.starts_at, Interview.id, Panelist.id)
    )
    found: dict[int, Progress] = {}
    seen: set[int] = set()
    for application_id, talk_id, name, starts_at, ends_at, user_id, user_name, card_id in session.execute(wanted):
        one = found.setdefault(application_id, Progress())
        if talk_id not in seen:
            seen.add(talk_id)
            one.planned += 1
            one.held += ends_at <= now
            if one.coming is None and ends_at >= now:
                one.coming = (name, starts_at)
        if user_id is None:
            continue
        one.expected += 1
        one.submitted += card_id is not None
        if card_id is None:
            one.owed_by.add(user_id)
            if card_due(ends_at) < now:
                one.late += 1
                one.late_by = one.late_by or (user_name, card_due(ends_at))
    return found
