"""The report of one search: its funnel, the time in its stages, its sources, its losses, by its own stages."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Moment
from recruiter.pipeline.models import Application
from recruiter.reports.bench import fall_through, promise_record
from recruiter.reports.hiring import funnel, sources, stage_time
from recruiter.reports.types import Report, ReportRequest
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards

STARTS_AT = 10  # applications: with fewer a chart says less than the board does
REQUISITION_REPORTS = {
    "funnel": funnel.report,
    "time-in-stage": stage_time.report,
    "sources": sources.report,
    "fall-through": fall_through.report,
    "promises-kept": promise_record.report,
}


def request_for(session: Session, requisition: Requisition, *, viewer: User, moment: Moment) -> ReportRequest:
    """One search as a whole. Where the viewer owes a card on it nothing is counted."""
    within = select(Requisition.id).where(
        Requisition.id == requisition.id, Requisition.id.not_in(scorecards.requisition_ids_owed_by(viewer))
    )
    return ReportRequest(session, within, moment, by_stage=True, pay=viewer.pay_view)


def application_count(session: Session, requisition: Requisition) -> int:
    """How many have applied."""
    query = select(func.count(Application.id)).where(Application.requisition_id == requisition.id)
    return session.scalar(query) or 0


def all_reports(request: ReportRequest) -> list[Report]:
    """All reports of the search; the number of statements is fixed."""
    return [build(request) for build in REQUISITION_REPORTS.values()]
