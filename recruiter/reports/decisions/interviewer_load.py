"""Interviewer load: who carries how many interviews, and how soon the scorecards come. Never how anybody rates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from recruiter.accounts.models import User
from recruiter.foundation import wording
from recruiter.interviews.models import Interview, Panelist
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.builders import measure, report_on, share_figure
from recruiter.reports.types import Bar, Figure, Report, ReportRequest, Sample
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard

MOST_BARS = 15


@dataclass
class _Load:
    """What one person carried; hours are those from the end of an interview to the card."""

    seats: int = 0
    late: int = 0
    missing: int = 0
    hours: list[float] = field(default_factory=list)


def report(request: ReportRequest) -> Report:
    """Interviews held in the period by person, with how many of the cards came late or have not come. One statement."""
    seats = (
        scorecards.over_seats(select(User.id, User.name, Interview.ends_at, Scorecard.submitted_at))
        .join(User, User.id == Panelist.user_id)
        .join(Application, Application.id == Interview.application_id)
        .where(
            request.within.contains(Application.requisition_id),
            Interview.ends_at <= request.moment.now,
            Interview.ends_at >= request.start,
        )
    )
    loads: dict[tuple[int, str], _Load] = defaultdict(_Load)
    for user_id, name, ended_at, submitted_at in request.session.execute(seats):
        load = loads[(user_id, name)]
        load.seats += 1
        due = card_due(ended_at)
        if submitted_at is None:
            load.missing += request.moment.now > due
        else:
            load.late += submitted_at > due
            load.hours.append(max((submitted_at - ended_at).total_seconds() / 3600, 0.0))
    people = sorted(
        ((name, load) for (_, name), load in loads.items()), key=lambda person: (-person[1].seats, person[0])
    )
    n, late = sum(load.seats for load in loads.values()), sum(load.late for load in loads.values())
    median = rules.median_of([hours for load in loads.values() for hours in load.hours])
    return report_on(
        "interviewer-load",
        finding=f"{people[0][0]} carries most: {rules.share(people[0][1].seats, n)} seats in interviews."
        if people
        else "No interview has been held yet.",
        sample=Sample(
            n,
            "seat in an interview",
            "seats in interviews",
            counted_as=wording.plural(n, "seat") + " in interviews that were held",
        ),
        figures=(
            share_figure("Scorecards that came late", late, n, "later than 24 hours after the end"),
            Figure("Not in, and overdue", str(sum(load.missing for load in loads.values()))),
            measure("Half came within", median, rules.duration_text),
            Figure("People who interview", str(len(people))),
        ),
        chart=f"Interviews held, the {min(MOST_BARS, len(people))} people with most",
        bars=tuple(Bar(name, load.seats, str(load.seats)) for name, load in people[:MOST_BARS]),
        rows=tuple(
            (name, load.seats, load.late, load.missing, rules.one_decimal(rules.median_of(load.hours)))
            for name, load in people
        ),
    )
