"""The funnel: how many came how far, and where the next step is rarest."""

from __future__ import annotations

from itertools import pairwise

from recruiter.reports import rules
from recruiter.reports.hiring import stage_transitions
from recruiter.reports.types import Asked, Bar, Column, Figure, Report


def report(asked: Asked) -> Report:
    """How many of those who applied came at least as far as each step. One statement."""
    ways = stage_transitions.ways(asked)
    n = len(ways)
    known = sorted({step for way in ways for step, _ in way.entries})
    reached = {step: sum(way.furthest >= step for way in ways) for step in known}
    going_on = {step: sum(way.active and way.entries[-1][0] == step for way in ways) for step in known}
    passed = [(before, after, reached[after], reached[before]) for before, after in pairwise(known)]
    rarest = min(passed, key=lambda one: one[2] / one[3], default=None)
    return Report(
        name="funnel",
        title="Funnel",
        question="How far do people come, and where do they stop?",
        finding=f"Fewest go on from {rarest[0].label} to {rarest[1].label}: {rules.share(rarest[2], rarest[3])}."
        if rarest
        else f"{rules.plural(n, 'application')}, none of which has gone on to another stage.",
        n=n,
        counted=rules.plural(n, "application"),
        caution=rules.caution(n, one="application"),
        figures=(
            *(Figure(f"{after.label}, of {before.label.lower()}", rules.share(some, of)) for before, after, some, of in passed),
            Figure("Still in the running", str(sum(going_on.values()))),
        ),
        chart="How many came at least this far",
        bars=tuple(Bar(step.label, count, str(count), n or None) for step, count in reached.items()),
        columns=(
            Column("stage", "Stage"),
            Column("reached", "Came this far", figures=True),
            Column("of_previous", "Of the stage before"),
            Column("here_now", "Here now", figures=True),
        ),
        rows=tuple(
            (step.label, reached[step], rules.share(reached[step], reached[known[at - 1]]) if at else "", going_on[step])
            for at, step in enumerate(known)
        ),
        rules=(
            "The period follows the day on which people applied.",
            "Who came to a later stage counts in every stage before it, skipped ones too.",
            "A move that was taken back within a day is a slip and not counted.",
        ),
    )  # fmt: skip
