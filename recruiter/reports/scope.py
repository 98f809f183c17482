"""Which searches a report may count for a viewer, and which teams there are among them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import Scope, listed
from recruiter.pipeline.models import Application
from recruiter.reports.types import ReportRequest
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards


@dataclass(frozen=True)
class Period:
    """A period by its name in addresses: how it reads, and how many days back it reaches (None: always)."""

    key: str
    label: str
    days: int | None


WINDOWS = (
    Period("12-months", "12 months", 365),
    Period("90-days", "90 days", 90),
    Period("30-days", "30 days", 30),
    Period("all", "All time", None),
)


def period_named(key: str | None) -> Period:
    """The period of an address; the last 12 months where it names none that there is."""
    return next((period for period in WINDOWS if period.key == key), WINDOWS[0])


def _card_owed(viewer: User) -> ColumnElement[bool]:
    return Requisition.id.in_(scorecards.searches_owed_by(viewer))


def request_for(
    session: Session, *, viewer: User, within: Scope, moment: Moment, period: Period, team: str = ""
) -> ReportRequest:
    """What a viewer asks for: `within` are the ids of the searches that they run. Where they owe a card nothing is counted.

    Searches that were brought in with their whole history have no bench of ours and stay out.
    """
    requisition_ids = select(Requisition.id).where(
        within.contains(Requisition.id), ~_card_owed(viewer), Requisition.imported.is_(False)
    )
    if team:
        requisition_ids = requisition_ids.where(Requisition.department == team)
    since = None if period.days is None else moment.today - dt.timedelta(days=period.days)
    return ReportRequest(session, listed(requisition_ids), moment, since, team, pay=viewer.pay_view)


def request_for_search(session: Session, requisition: Requisition, *, viewer: User, moment: Moment) -> ReportRequest:
    """One search as a whole, by its own stages. Where the viewer owes a card on it nothing is counted."""
    within = select(Requisition.id).where(Requisition.id == requisition.id, ~_card_owed(viewer))
    return ReportRequest(session, listed(within), moment, by_stage=True, pay=viewer.pay_view)


def hidden_requisitions(session: Session, *, viewer: User, within: Scope) -> int:
    """How many searches are left out since the viewer owes a card there."""
    query = select(func.count(Requisition.id)).where(
        within.contains(Requisition.id), _card_owed(viewer), Requisition.imported.is_(False)
    )
    return session.scalar(query) or 0


def teams(session: Session, *, within: Scope) -> list[str]:
    """The teams of the searches within sight, by name."""
    query = select(Requisition.department).where(
        within.contains(Requisition.id), Requisition.department != "", Requisition.imported.is_(False)
    )
    return sorted(set(session.scalars(query)))


def application_count(session: Session, requisition: Requisition) -> int:
    """How many have applied to a search."""
    query = select(func.count(Application.id)).where(Application.requisition_id == requisition.id)
    return session.scalar(query) or 0
