"""Every report by its name, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.errors import NotFound
from recruiter.reports.bench import bench_depth, fall_through, promise_record, promoted_acceptance, time_to_backfill
from recruiter.reports.decisions import debrief_changes, interviewer_load, suggestions_followed
from recruiter.reports.hiring import funnel, sources, stage_time, time_to_fill
from recruiter.reports.pay import exceptions_per_band, offers_declined
from recruiter.reports.types import Report, ReportRequest

REPORTS: dict[str, Callable[[ReportRequest], Report]] = {
    "funnel": funnel.report,
    "time-in-stage": stage_time.report,
    "time-to-fill": time_to_fill.report,
    "sources": sources.report,
    "interviewer-load": interviewer_load.report,
    "offers-declined": offers_declined.report,
    "exceptions-per-band": exceptions_per_band.report,
    "promises-kept": promise_record.report,
    "bench-depth": bench_depth.report,
    "fall-through": fall_through.report,
    "time-to-backfill": time_to_backfill.report,
    "second-choice": promoted_acceptance.report,
    "debrief-changes": debrief_changes.report,
    "suggestions-followed": suggestions_followed.report,
}
OF_PAY = frozenset({"offers-declined", "exceptions-per-band"})
OF_ONE_SEARCH = ("funnel", "time-in-stage", "sources", "fall-through", "promises-kept")


def report_named(name: str, request: ReportRequest, *, among: Iterable[str] = REPORTS) -> Report:
    """The report of that name; of rows that cannot be read it says that they are left out. Raises NotFound."""
    if name not in among:
        raise NotFound
    report, damaged = sound_reading.read_around(request.session, lambda: REPORTS[name](request))
    if not damaged:
        return report
    left_out = damage.sentence(damaged)
    return replace(report, rules=(*report.rules, left_out), left_out=left_out)


def all_reports(request: ReportRequest, *, among: Iterable[str] = REPORTS) -> list[Report]:
    """All of them; the number of statements is fixed."""
    return [report_named(name, request) for name in among]
