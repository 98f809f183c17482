"""Every report by its name, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable

from recruiter.foundation.errors import NotFound
from recruiter.reports import (
    bench_depth,
    debrief_changes,
    exceptions_per_band,
    fall_through,
    funnel,
    interviewer_load,
    offers_declined,
    promises_kept,
    second_choice,
    sources,
    stage_time,
    suggestions_followed,
    time_to_backfill,
    time_to_fill,
)
from recruiter.reports.shapes import Asked, Report

REPORTS: dict[str, Callable[[Asked], Report]] = {
    "funnel": funnel.report,
    "time-in-stage": stage_time.report,
    "time-to-fill": time_to_fill.report,
    "sources": sources.report,
    "interviewer-load": interviewer_load.report,
    "offers-declined": offers_declined.report,
    "exceptions-per-band": exceptions_per_band.report,
    "promises-kept": promises_kept.report,
    "bench-depth": bench_depth.report,
    "fall-through": fall_through.report,
    "time-to-backfill": time_to_backfill.report,
    "second-choice": second_choice.report,
    "debrief-changes": debrief_changes.report,
    "suggestions-followed": suggestions_followed.report,
}


def made(name: str, asked: Asked) -> Report:
    """The report of that name. Raises NotFound."""
    if name not in REPORTS:
        raise NotFound
    return REPORTS[name](asked)


def every(asked: Asked) -> list[Report]:
    """All of them."""
    return [one(asked) for one in REPORTS.values()]
