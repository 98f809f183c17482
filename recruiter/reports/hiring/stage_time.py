"""Time in stage: how long applications stand in each, and who stands there now."""

from __future__ import annotations

from collections import defaultdict

from recruiter.reports import rules
from recruiter.reports.hiring import stage_transitions
from recruiter.reports.types import Asked, Bar, Column, Figure, Report

DAY = 86_400.0


def report(asked: Asked) -> Report:
    """Half of the finished stays in each stage took at most how long; how long those have waited who stand there. One statement."""
    over: dict[stage_transitions.Step, list[float]] = defaultdict(list)
    open_now: dict[stage_transitions.Step, list[float]] = defaultdict(list)
    for way in stage_transitions.ways(asked):
        for step, since, until in way.stays:
            days = max(((until or asked.now) - since).total_seconds() / DAY, 0.0)
            (open_now if until is None else over)[step].append(days)
    known = sorted({*over, *open_now})
    halves = {step: rules.middle(over[step]) for step in known}
    timed = {step: half for step, half in halves.items() if half is not None}
    longest = max(timed, key=lambda step: timed[step], default=None)
    waiting = max((step for step in known if open_now[step]), key=lambda step: max(open_now[step]), default=None)
    n = sum(map(len, over.values()))
    return Report(
        name="time-in-stage",
        title="Time in stage",
        question="Where do applications wait?",
        finding=f"{longest.label} takes longest: half of the stays at most {rules.span(24 * timed[longest])}."
        if longest
        else "Nobody has left a stage yet.",
        n=n,
        counted=rules.plural(n, "finished stay") + " in a stage",
        caution=rules.caution(n, one="finished stay in a stage", many="finished stays in a stage"),
        figures=(
            Figure(
                "Takes longest, half of the stays at most",
                rules.span(24 * timed[longest]) if longest else "none yet",
                f"{longest.label}, n = {len(over[longest])}" if longest else "",
            ),
            Figure(
                "Has waited longest by now",
                rules.span(24 * max(open_now[waiting])) if waiting else "nobody waits",
                f"in {waiting.label}" if waiting else "",
            ),
        ),
        chart="Half of the finished stays took at most",
        bars=tuple(Bar(step.label, half, f"{rules.span(24 * half)}, n = {len(over[step])}") for step, half in timed.items()),
        columns=(
            Column("stage", "Stage"),
            Column("finished", "Finished stays", figures=True),
            Column("median_days", "Half took at most, days", figures=True),
            Column("longest_days", "Longest, days", figures=True),
            Column("here_now", "Here now", figures=True),
            Column("waiting_days", "Waiting longest, days", figures=True),
        ),
        rows=tuple(
            (
                step.label,
                len(over[step]),
                None if halves[step] is None else round(timed[step], 1),
                round(max(over[step]), 1) if over[step] else None,
                len(open_now[step]),
                round(max(open_now[step]), 1) if open_now[step] else None,
            )
            for step in known
        ),
        rules=(
            "The period follows the day on which people applied.",
            "A stay ends with the next move, or with the end of the application. Days are of 24 hours, weekends included.",
            "A move that was taken back within a day is a slip and not counted.",
        ),
    )  # fmt: skip
