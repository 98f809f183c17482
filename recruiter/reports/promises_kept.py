"""What candidates were told would happen by a date, and whether it did: by person and by team."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import select

from recruiter.accounts.models import User
from recruiter.keepwarm.models import Promise, PromiseState
from recruiter.keepwarm.rules import promise_state
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.shapes import Asked, Bar, Column, Figure, Report
from recruiter.requisitions.models import Requisition

SETTLED = (PromiseState.KEPT, PromiseState.RENEWED, PromiseState.BROKEN)
NO_TEAM = "No team named"


def _settled(counts: Counter[PromiseState]) -> int:
    return sum(counts[state] for state in SETTLED)


def report(asked: Asked) -> Report:
    """Promises that came due in the period: kept, moved in time, or broken. One statement."""
    wanted = (
        select(Promise.state, Promise.due_on, Promise.made_by_id, User.name, Requisition.department)
        .join(User, User.id == Promise.made_by_id)
        .join(Application, Application.id == Promise.application_id)
        .join(Requisition, Requisition.id == Application.requisition_id)
        .where(Requisition.id.in_(asked.within))
    )
    if asked.since is not None:
        wanted = wanted.where(Promise.due_on >= asked.since)
    people: dict[tuple[int, str, str], Counter[PromiseState]] = defaultdict(Counter)
    teams: dict[str, Counter[PromiseState]] = defaultdict(Counter)
    whole: Counter[PromiseState] = Counter()
    for state, due_on, maker, name, department in asked.session.execute(wanted):
        now_is = promise_state(state, due_on=due_on, today=asked.today)
        team = department or NO_TEAM
        for counts in (people[(maker, name, team)], teams[team], whole):
            counts[now_is] += 1
    n = _settled(whole)
    return Report(
        name="promises-kept",
        title="Promises kept",
        question="Do candidates hear from us by the day that we named?",
        n=n,
        counted=rules.plural(n, "promise") + " settled",
        caution=rules.caution(n, one="settled promise"),
        figures=(
            Figure("Kept", rules.share(whole[PromiseState.KEPT], n)),
            Figure("Moved, and told before the day", rules.share(whole[PromiseState.RENEWED], n)),
            Figure("Broken", rules.share(whole[PromiseState.BROKEN], n)),
            Figure("Open, not due yet", str(whole[PromiseState.OPEN])),
        ),
        chart="Kept of the settled promises, by team of the search",
        bars=tuple(
            Bar(
                team,
                counts[PromiseState.KEPT],
                rules.share(counts[PromiseState.KEPT], _settled(counts)),
                _settled(counts) or None,
            )
            for team, counts in sorted(teams.items())
        ),
        columns=(
            Column("person", "Who promised"),
            Column("team", "Team of the search"),
            Column("kept", "Kept", figures=True),
            Column("moved", "Moved in time", figures=True),
            Column("broken", "Broken", figures=True),
            Column("settled", "Settled", figures=True),
            Column("open", "Open", figures=True),
        ),
        rows=tuple(
            (
                name,
                team,
                counts[PromiseState.KEPT],
                counts[PromiseState.RENEWED],
                counts[PromiseState.BROKEN],
                _settled(counts),
                counts[PromiseState.OPEN],
            )
            for (_, name, team), counts in sorted(people.items(), key=lambda one: (one[0][1:], one[0][0]))
        ),
        rules=(
            "A promise counts in the period in which it falls due.",
            "Moved: the candidate was told a later date before the first one passed. The later date is a promise of its own.",
            "Broken: the day passed without an answer or a new date. Reading the calendar is enough, nobody has to say so.",
        ),
    )
