"""Cards that are late and hold up a decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope
from recruiter.interviews import decision_dates
from recruiter.interviews.models import Interview, Panelist
from recruiter.interviews.rules import CARD_DUE
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards import queries
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class LateCard:
    """Somebody's card on an interview that should have been in, and by when its search decides."""

    author: User
    interview: Interview
    decides_on: dt.date


def late_cards(session: Session, *, within: Scope, moment: Moment, limit: int) -> list[LateCard]:
    """Late cards on open searches within sight, the longest late first, each with the decision date that it holds up.

    Two statements whatever their number; dates are those of the company.
    """
    application = joinedload(Interview.application)
    query = (
        queries.over_seats(select(User, Interview))
        .join(User, User.id == Panelist.user_id)
        .join(Application, Application.id == Interview.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(
            Scorecard.id.is_(None),
            Interview.ends_at < moment.now - CARD_DUE,
            Application.status == ApplicationStatus.ACTIVE,
            Requisition.status == RequisitionStatus.OPEN,
            within.contains(Requisition.id),
        )
        .order_by(Interview.ends_at, Panelist.id)
        .limit(limit)
        .options(application.joinedload(Application.candidate), application.joinedload(Application.requisition))
    )
    seats = session.execute(query).all()
    decides_on = decision_dates.held_up_by(session, [interview for _, interview in seats], zone=moment.zone)
    return [LateCard(author, interview, decides_on[interview.id]) for author, interview in seats]
