"""The funnel: how many came how far, and where the next step is rarest."""

from __future__ import annotations

from itertools import pairwise

from recruiter.foundation import wording
from recruiter.reports import rules
from recruiter.reports.builders import count_bars, report_on
from recruiter.reports.hiring import stage_counts
from recruiter.reports.types import Figure, Report, ReportRequest, Sample


def report(request: ReportRequest) -> Report:
    """How many of those who applied came at least as far as each step. At most two statements."""
    counts = stage_counts.funnel_counts(request)
    n, steps, here_now = counts.furthest.total(), sorted(counts.steps), counts.here_now
    reached = {step: sum(number for furthest, number in counts.furthest.items() if furthest >= step) for step in steps}
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
