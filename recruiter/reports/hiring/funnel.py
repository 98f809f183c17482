"""The funnel: how many came how far, and where the next step is rarest."""

from __future__ import annotations

from itertools import pairwise

from recruiter.foundation import wording
from recruiter.reports import rules
from recruiter.reports.builders import count_bars, report_on
from recruiter.reports.hiring import stage_transitions
from recruiter.reports.types import Figure, Report, ReportRequest, Sample


def report(request: ReportRequest) -> Report:
    """How many of those who applied came at least as far as each step. One statement."""
    paths = stage_transitions.stage_paths(request)
    n = len(paths)
    steps = sorted({step for path in paths for step, _ in path.entries})
    reached = {step: sum(path.furthest >= step for path in paths) for step in steps}
    here_now = {step: sum(path.active and path.entries[-1][0] == step for path in paths) for step in steps}
    of_previous = {after: rules.share(reached[after], reached[before]) for before, after in pairwise(steps)}
    rarest = min(pairwise(steps), key=lambda pair: reached[pair[1]] / reached[pair[0]], default=None)
    return report_on(
        "funnel",
        finding=f"Fewest go on from {rarest[0].label} to {rarest[1].label}: {of_previous[rarest[1]]}."
        if rarest
        else f"{wording.plural(n, 'application')}, none of which has gone on to another stage.",
        sample=Sample(n, "application"),
        figures=(
            *(
                Figure(f"{after.label}, of {before.label.lower()}", of_previous[after])
                for before, after in pairwise(steps)
            ),
            Figure("Still in the running", str(sum(here_now.values()))),
        ),
        bars=count_bars(((step.label, reached[step]) for step in steps), n),
        rows=tuple((step.label, reached[step], of_previous.get(step, ""), here_now[step]) for step in steps),
    )
