"""Promises kept, by person and team; and feedback that is owed to who was not chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.overview import feedback_owed as feedback
from recruiter.keepwarm.overview import promise_ledger
from recruiter.keepwarm.overview.promise_ledger import LedgerEntry, Outcome, Tally
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.request import guard

DAYS = 90
GIVEN = 30
SHOWN = 100
OUTCOMES = {
    Outcome.OPEN: ("Open", ""),
    Outcome.DUE: ("Due today", "due"),
    Outcome.KEPT: ("Kept", "ok"),
    Outcome.RENEWED: ("Renewed, told before", "info"),
    Outcome.TOLD_AFTER: ("Broken, told after", "late"),
    Outcome.BROKEN: ("Broken, not told", "late"),
    Outcome.VOID: ("They withdrew", ""),
    Outcome.MOVED: ("Moved by a promotion, not told", ""),
}


@dataclass(frozen=True)
class PromisesPage:
    """The promise ledger."""

    title: str
    breadcrumbs: Crumbs
    since: dt.date
    tables: list[tuple[str, str, list[Tally]]]
    lines: list[tuple[LedgerEntry, tuple[str, str]]]
    total: int


@dataclass(frozen=True)
class FeedbackPage:
    """Who is owed feedback, and who got it."""

    title: str
    breadcrumbs: Crumbs
    owed: list[feedback.OwedFeedback]
    given: list[feedback.OwedFeedback]
    today: dt.date


def _crumbs(last: str) -> Crumbs:
    return [("Keep warm", url_for("keepwarm.index")), (last, None)]


@blueprint.page("/keep-warm/promises", Permission.KEEPWARM_LIST)
def promises() -> ResponseReturnValue:
    """What became of every promise of the last 90 days, by person and team."""
    since = guard.today() - dt.timedelta(days=DAYS)
    entries = promise_ledger.entries(
        db.session(), searches=scopes.searches(guard.actor()), moment=guard.act(), since=since
    )
    people, teams = promise_ledger.by_person(entries), promise_ledger.by_team(entries)
    page = PromisesPage(
        title="Promises",
        breadcrumbs=_crumbs("Promises"),
        since=since,
        tables=[("person", "By person", people), ("team", "By team", teams)] if entries else [],
        lines=[(entry, OUTCOMES[entry.outcome]) for entry in entries[:SHOWN]],
        total=len(entries),
    )
    return render_template("keepwarm/promises.html", page=page)


@blueprint.page("/keep-warm/feedback", Permission.KEEPWARM_LIST)
def feedback_owed() -> ResponseReturnValue:
    """Finalists who were not chosen: who waits for feedback, and who has it."""
    everybody = feedback.owed(db.session(), searches=scopes.searches(guard.actor()), moment=guard.act())
    since = guard.today() - dt.timedelta(days=DAYS)
    lately = [(owed.given_on, owed) for owed in everybody if owed.given_on is not None and owed.given_on >= since]
    page = FeedbackPage(
        title="Feedback owed",
        breadcrumbs=_crumbs("Feedback owed"),
        owed=[owed for owed in everybody if owed.given_on is None],
        given=[owed for _, owed in sorted(lately, key=lambda pair: pair[0], reverse=True)[:GIVEN]],
        today=guard.today(),
    )
    return render_template("keepwarm/feedback.html", page=page)
