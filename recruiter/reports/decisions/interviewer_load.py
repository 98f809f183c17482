"""Interviewer load: who carries how many interviews, and how soon the scorecards come. Never how anybody rates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from recruiter.accounts.models import User
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.reports import rules
from recruiter.reports.types import Asked, Bar, Column, Figure, Report
from recruiter.scorecards.models import CardState, Scorecard

SHOWN = 15


@dataclass
class _Load:
    """What one person carried; hours are those from the end of an interview to the card."""

    held: int = 0
    late: int = 0
    missing: int = 0
    hours: list[float] = field(default_factory=list)


def report(asked: Asked) -> Report:
    """Interviews held in the period by person, with how many of the cards came late or have not come. One statement."""
    wanted = (
        select(User.id, User.name, Interview.ends_at, Scorecard.submitted_at)
        .join(Panelist, Panelist.user_id == User.id)
        .join(Interview, Interview.id == Panelist.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .outerjoin(
            Scorecard,
            (Scorecard.interview_id == Interview.id)
            & (Scorecard.author_id == User.id)
            & (Scorecard.state != CardState.DRAFT),
        )
        .where(
            Application.requisition_id.in_(asked.within),
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at <= asked.now,
            Interview.ends_at >= asked.start,
        )
    )
    loads: dict[tuple[int, str], _Load] = defaultdict(_Load)
    for number, name, ended, sent in asked.session.execute(wanted):
        one = loads[(number, name)]
        one.held += 1
        due = card_due(ended)
        if sent is None:
            one.missing += asked.now > due
        else:
            one.late += sent > due
            one.hours.append(max((sent - ended).total_seconds() / 3600, 0.0))
    people = sorted(loads.items(), key=lambda item: (-item[1].held, item[0][1]))
    n = sum(one.held for one in loads.values())
    late, missing = sum(one.late for one in loads.values()), sum(one.missing for one in loads.values())
    half = rules.middle([hours for one in loads.values() for hours in one.hours])
    most = people[0] if people else None
    return Report(
        name="interviewer-load",
        title="Interviewer load",
        question="Who carries the interviews, and how soon do scorecards come?",
        finding=f"{most[0][1]} carries most: {rules.share(most[1].held, n)} seats in interviews."
        if most
        else "No interview has been held yet.",
        n=n,
        counted=rules.plural(n, "seat") + " in interviews that were held",
        caution=rules.caution(n, one="seat in an interview", many="seats in interviews"),
        figures=(
            Figure("Scorecards that came late", rules.share(late, n), "later than 24 hours after the end"),
            Figure("Not in, and overdue", str(missing)),
            Figure("Half came within", rules.span(half) if half is not None else "none yet"),
            Figure("People who interview", str(len(people))),
        ),
        chart=f"Interviews held, the {min(SHOWN, len(people))} people with most",
        bars=tuple(Bar(name, one.held, str(one.held)) for (_, name), one in people[:SHOWN]),
        columns=(
            Column("interviewer", "Interviewer"),
            Column("held", "Held", figures=True),
            Column("late", "Cards late", figures=True),
            Column("missing", "Overdue now", figures=True),
            Column("median_hours", "Half within, hours", figures=True),
        ),
        rows=tuple(
            (name, one.held, one.late, one.missing, None if not one.hours else round(rules.middle(one.hours) or 0.0, 1))
            for (_, name), one in people
        ),
        rules=(
            "Every person on the panel of an interview that has ended and was not cancelled counts one seat.",
            "A scorecard is due 24 hours after the interview ends.",
            "How strictly somebody rates is shown to nobody but that person, under My scorecards.",
        ),
    )
