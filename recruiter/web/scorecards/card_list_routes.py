"""Scorecards to read: one's own by state, and those of an application side by side."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from recruiter.debriefs import queries as debriefs
from recruiter.debriefs import verdicts
from recruiter.debriefs.verdicts import Stand
from recruiter.foundation.database.db import db
from recruiter.interviews import decision_dates
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import InterviewStatus
from recruiter.interviews.rules import card_due, held_up
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries
from recruiter.scorecards.figures import rater_severity
from recruiter.scorecards.models import CardState, Scorecard
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.scorecards import pages
from recruiter.web.scorecards.area import blueprint

SHOWN = 20


@blueprint.get("/scorecards")
@guard.needs(Permission.SIGNED_IN)
def index() -> Any:
    """My scorecards: what I owe, what comes up, what I have sent."""
    session, now = db.session(), guard.now()
    mine = interviews.of_person(session, guard.actor().id)
    states = queries.own_states(session, author=guard.actor(), interview_ids=[one.id for one in mine])
    planned = [one for one in mine if one.status == InterviewStatus.PLANNED]
    sent = [one for one in mine if states.get(one.id, CardState.DRAFT) != CardState.DRAFT]
    open_ones = [one for one in planned if one not in sent]
    zone = guard.configured().zone
    decided = decision_dates.dates(session, {one.application.requisition_id for one in open_ones})
    owed = [
        pages.Owed(
            one,
            card_due(one.ends_at),
            card_due(one.ends_at) < now,
            one.id in states,
            held_up(decide_on=decided.get(one.application.requisition_id), ends_at=one.ends_at, zone=zone),
        )
        for one in sorted(open_ones, key=lambda one: (one.ends_at, one.id))
        if one.starts_at <= now
    ]
    coming = sorted((one for one in open_ones if one.starts_at > now), key=lambda one: (one.starts_at, one.id))
    latest = sorted(sent, key=lambda one: (one.starts_at, one.id), reverse=True)
    shown = latest if request.args.get("sent") == "all" else latest[:SHOWN]
    seen = rater_severity.of(session, viewer=guard.actor())
    page = pages.ListPage("My scorecards", owed, coming, shown, len(latest) - len(shown), guard.today(), seen)
    return render_template("scorecards/index.html", page=page)


def own_stand(application: Application, sent: list[Scorecard]) -> Stand | None:
    """Where the viewer himself stood before the round table and stands after it, once it is open; None off the panel."""
    session, actor = db.session(), guard.actor()
    mine = [one for one in sent if one.author_id == actor.id]
    if not mine:
        return None
    if debriefs.missing_on(session, [application])[application.id]:
        early = debriefs.opened_early(session, application.requisition)
        if not early & {application.id, None}:
            return None
    said = verdicts.last_of(session, [application.id])[application.id].get(actor.id)
    return Stand(actor, mine[0].versions[0].overall, said)


@blueprint.get("/applications/<int:application_id>/scorecards")
@guard.needs(Permission.SCORECARD_LIST)
def of_application(application: Application) -> Any:
    """The cards of an application side by side; while the viewer owes one, only his own and how many are in."""
    session = db.session()
    sight = queries.visible_to(session, viewer=guard.actor(), application=application)
    sent = [one for one in sight.cards if one.state != CardState.DRAFT]
    shown = queries.Sight(sent, sight.submitted, sight.expected, sight.hidden)
    named = [one.name for one in application.requisition.attributes]
    more = [mark.attribute for card in sent for mark in card.ratings if mark.attribute not in named]
    runs = permits.permits(session, actor=guard.actor(), permission=Permission.APPLICATION_MOVE, on=application)
    title = application.requisition.title
    board = url_for("requisitions.board", requisition_ref=application.requisition.key) if runs else None
    stand = None if sight.hidden else own_stand(application, sent)
    page = pages.SidePage(
        title=f"Scorecards: {application.candidate.name}",
        application=application,
        tabs=tabs.application_tabs(application, "scorecards", runs=runs),
        breadcrumbs=[(title, board), (application.candidate.name, None)],
        sight=shown,
        attributes=[*named, *dict.fromkeys(more)],
        waiting=queries.waiting_for(session, [application.id]) if runs and not sight.hidden else [],
        now=guard.now(),
        stand=stand,
    )
    return render_template("scorecards/of_application.html", page=page)
