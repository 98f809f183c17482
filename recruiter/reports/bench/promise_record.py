"""What candidates were told would happen by a date, and whether it did: by person and by team."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from recruiter.foundation import wording
from recruiter.keepwarm.overview import promise_ledger
from recruiter.keepwarm.overview.promise_ledger import Outcome
from recruiter.reports.builders import report_on, share_bar, share_figure
from recruiter.reports.types import Figure, Report, ReportRequest, Sample

DUE = (Outcome.KEPT, Outcome.TOLD_AFTER, Outcome.BROKEN)
NO_TEAM = "No team named"


def _due(counts: Counter[Outcome]) -> int:
    return sum(counts[outcome] for outcome in DUE)


def _still_open(counts: Counter[Outcome]) -> int:
    return counts[Outcome.OPEN] + counts[Outcome.DUE]


def report(request: ReportRequest) -> Report:
    """Promises that fell due in the period: kept, broken and told after, or broken and never told; and those moved in time.

    The same count as the ledger of the keep-warm pages. Four statements at most.
    """
    entries = promise_ledger.entries(
        request.session, searches=request.within, moment=request.moment, since=request.since or dt.date.min
    )
    people: dict[tuple[int, str, str], Counter[Outcome]] = defaultdict(Counter)
    teams: dict[str, Counter[Outcome]] = defaultdict(Counter)
    total = Counter(entry.outcome for entry in entries)
    for entry in entries:
        maker, team = entry.promise.made_by, entry.application.requisition.department or NO_TEAM
        people[(maker.id, maker.name, team)][entry.outcome] += 1
        teams[team][entry.outcome] += 1
    n, announced = _due(total), total[Outcome.RENEWED] + total[Outcome.TOLD_AFTER]
    return report_on(
        "promises-kept",
        finding=f"{total[Outcome.KEPT]} of {wording.plural(n, 'promise')} that fell due {'was' if n == 1 else 'were'} kept."
        if n
        else "No promise has fallen due yet.",
        sample=Sample(
            n, "promise that fell due", "promises that fell due", counted_as=wording.plural(n, "promise") + " fell due"
        ),
        figures=(
            share_figure("Kept", total[Outcome.KEPT], n, "of those that fell due"),
            share_figure("Broken, and told after", total[Outcome.TOLD_AFTER], n, "of those that fell due"),
            share_figure("Broken, and never told", total[Outcome.BROKEN], n, "of those that fell due"),
            share_figure("Slips told before the day", total[Outcome.RENEWED], announced, "of the slips that were told"),
            Figure("Open, not due yet", str(_still_open(total))),
        ),
        bars=tuple(
            share_bar(team, counts[Outcome.KEPT], _due(counts), "ok")
            for team, counts in sorted(teams.items())
            if _due(counts)
        ),
        rows=tuple(
            (
                name,
                team,
                *(counts[outcome] for outcome in DUE),
                _due(counts),
                counts[Outcome.RENEWED],
                _still_open(counts),
            )
            for (_, name, team), counts in sorted(people.items(), key=lambda pair: (pair[0][1:], pair[0][0]))
        ),
    )
