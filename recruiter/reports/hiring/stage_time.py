"""Time in stage: how long applications stand in each, and who stands there now."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from recruiter.reports import rules
from recruiter.reports.builders import measure, report_on
from recruiter.reports.hiring import stage_counts
from recruiter.reports.hiring.stage_transitions import StageStep
from recruiter.reports.types import Bar, Report, ReportRequest, Sample


def _text(days: float) -> str:
    return rules.duration_text(24 * days)


def report(request: ReportRequest) -> Report:
    """Half of the finished stays in each stage took at most how long; how long those have waited who stand there. One statement."""
    finished: dict[StageStep, list[float]] = defaultdict(list)
    open_now: dict[StageStep, list[float]] = defaultdict(list)
    for step, since, until in stage_counts.stays(request):
        (finished if until else open_now)[step].append(rules.days_between(since, until or request.moment.now))
    medians = {step: median(days) for step, days in sorted(finished.items())}
    waits = {step: max(days) for step, days in sorted(open_now.items())}
    slowest, longest_wait = max(medians, key=medians.__getitem__, default=None), max(waits.values(), default=None)
    waiting = next((step for step, days in waits.items() if days == longest_wait), None)
    n = sum(map(len, finished.values()))
    return report_on(
        "time-in-stage",
        finding=f"{slowest.label} takes longest: half of the stays at most {_text(medians[slowest])}."
        if slowest
        else "Nobody has left a stage yet.",
        sample=Sample(n, "finished stay in a stage", "finished stays in a stage"),
        figures=(
            measure(
                "Takes longest, half of the stays at most",
                medians[slowest] if slowest else None,
                _text,
                f"{slowest.label}, n = {len(finished[slowest])}" if slowest else "",
            ),
            measure(
                "Has waited longest by now",
                longest_wait,
                _text,
                f"in {waiting.label}" if waiting else "",
                nothing="nobody waits",
            ),
        ),
        bars=tuple(
            Bar(step.label, days, f"{_text(days)}, n = {len(finished[step])}") for step, days in medians.items()
        ),
        rows=tuple(
            (
                step.label,
                len(finished[step]),
                rules.one_decimal(medians.get(step)),
                rules.one_decimal(max(finished[step], default=None)),
                len(open_now[step]),
                rules.one_decimal(waits.get(step)),
            )
            for step in sorted({*finished, *open_now})
        ),
    )
