"""Time in stage: how long applications stand in each, and who stands there now."""

from __future__ import annotations

from collections import defaultdict

from recruiter.reports import rules
from recruiter.reports.builders import Number, columns
from recruiter.reports.hiring import stage_transitions
from recruiter.reports.types import Bar, Figure, Report, ReportRequest, Sample

DAY = 86_400.0


def report(request: ReportRequest) -> Report:
    """Half of the finished stays in each stage took at most how long; how long those have waited who stand there. One statement."""
    finished: dict[stage_transitions.StageStep, list[float]] = defaultdict(list)
    open_now: dict[stage_transitions.StageStep, list[float]] = defaultdict(list)
    for path in stage_transitions.stage_paths(request):
        for step, since, until in path.stays:
            days = max(((until or request.moment.now) - since).total_seconds() / DAY, 0.0)
            (open_now if until is None else finished)[step].append(days)
    steps = sorted({*finished, *open_now})
    medians = {step: rules.median_of(finished[step]) for step in steps}
    known_medians = {step: median for step, median in medians.items() if median is not None}
    longest = max(known_medians, key=lambda step: known_medians[step], default=None)
    waiting = max((step for step in steps if open_now[step]), key=lambda step: max(open_now[step]), default=None)
    n = sum(map(len, finished.values()))
    return Report(
        name="time-in-stage",
        title="Time in stage",
        question="Where do applications wait?",
        finding=f"{longest.label} takes longest: half of the stays at most {rules.duration_text(24 * known_medians[longest])}."
        if longest
        else "Nobody has left a stage yet.",
        sample=Sample(n, "finished stay in a stage", "finished stays in a stage"),
        figures=(
            Figure(
                "Takes longest, half of the stays at most",
                rules.duration_text(24 * known_medians[longest]) if longest else "none yet",
                f"{longest.label}, n = {len(finished[longest])}" if longest else "",
            ),
            Figure(
                "Has waited longest by now",
                rules.duration_text(24 * max(open_now[waiting])) if waiting else "nobody waits",
                f"in {waiting.label}" if waiting else "",
            ),
        ),
        chart="Half of the finished stays took at most",
        bars=tuple(
            Bar(step.label, median, f"{rules.duration_text(24 * median)}, n = {len(finished[step])}")
            for step, median in known_medians.items()
        ),
        columns=columns(
            {
                "stage": "Stage",
                "finished": Number("Finished stays"),
                "median_days": Number("Half took at most, days"),
                "longest_days": Number("Longest, days"),
                "here_now": Number("Here now"),
                "waiting_days": Number("Waiting longest, days"),
            }
        ),
        rows=tuple(
            (
                step.label,
                len(finished[step]),
                None if medians[step] is None else round(known_medians[step], 1),
                round(max(finished[step]), 1) if finished[step] else None,
                len(open_now[step]),
                round(max(open_now[step]), 1) if open_now[step] else None,
            )
            for step in steps
        ),
        rules=(
            "The period follows the day on which people applied.",
            "A stay ends with the next move, or with the end of the application. Days are of 24 hours, weekends included.",
            "A move that was taken back within a day is a slip and not counted.",
        ),
    )
