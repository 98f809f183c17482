"""Sources: how people came to us, and how far they came from there."""

from __future__ import annotations

from sqlalchemy import func, select

from recruiter.foundation import wording
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.reports import rules
from recruiter.reports.builders import count_bars, report_on, share_figure
from recruiter.reports.types import Report, ReportRequest, Sample

UNSAID = "Not said"


def report(request: ReportRequest) -> Report:
    """Applications, finalists and hires by source. One statement."""
    source = func.coalesce(func.nullif(Application.source, ""), UNSAID)
    applications, finalists = func.count(Application.id), func.count(Finalist.id)
    query = (
        select(source, applications, finalists, applications.filter(Application.status == ApplicationStatus.HIRED))
        .outerjoin(Finalist, Finalist.application_id == Application.id)
        .where(request.within.contains(Application.requisition_id))
        .group_by(source)
        .order_by(applications.desc(), source)
    )
    if request.since is not None:
        query = query.where(Application.applied_on >= request.since)
    rows = [(row[0], row[1], row[2], row[3]) for row in request.session.execute(query)]
    n, hired = sum(row[1] for row in rows), sum(row[3] for row in rows)
    best = max((row for row in rows if row[0] != UNSAID), key=lambda row: (row[3], row[2]), default=None)
    if best and best[3]:
        finding = f"Most hires came by “{best[0]}”: {rules.share(best[3], hired)}."
    elif hired:
        finding = f"{wording.plural(hired, 'person', 'people')} hired, and nobody wrote down where from."
    else:
        finding = f"{wording.plural(n, 'application')}, nobody hired yet."
    return report_on(
        "sources",
        finding=finding,
        sample=Sample(n, "application"),
        figures=(
            *(share_figure(row[0], row[1], n, f"{row[2]} finalists, {row[3]} hired") for row in rows[:4]),
            share_figure("No source written down", sum(row[1] for row in rows if row[0] == UNSAID), n),
        ),
        bars=count_bars((row[:2] for row in rows), n),
        rows=tuple(rows),
    )
