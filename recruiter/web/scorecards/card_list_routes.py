"""Scorecards to read: one's own by state, and those of an application side by side."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from recruiter.debriefs import queries as debriefs
from recruiter.debriefs import verdicts
from recruiter.debriefs.verdicts import PanelistVerdict
from recruiter.foundation.database.db import db
from recruiter.interviews import decision_dates
from recruiter.interviews import queries as interviews
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries
from recruiter.scorecards.figures import rater_severity
from recruiter.scorecards.models import CardState, Scorecard
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.request import guard
from recruiter.web.scorecards import pages
from recruiter.web.scorecards.area import blueprint

RECENT = 20


@blueprint.page("/scorecards", Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """My scorecards: what I owe, what comes up, what I have sent."""
    session, now, actor = db.session(), guard.now(), guard.actor()
    own = interviews.of_person(session, actor.id)
    states = queries.own_states(session, author=actor, interview_ids=[interview.id for interview in own])
    sent_ids = {interview_id for interview_id, state in states.items() if state != CardState.DRAFT}
    wanted = [
        interview for interview in own if interview.is_planned and interview.scored and interview.id not in sent_ids
    ]
    begun = [interview for interview in wanted if interview.starts_at <= now]
    coming = [interview for interview in wanted if interview.starts_at > now]
    sent = [interview for interview in own if interview.id in sent_ids]
    decides_on = decision_dates.held_up_by(session, begun, zone=guard.zone())
    owed = [
        pages.OwedCard(
            interview,
            due_at=card_due(interview.ends_at),
            late=card_due(interview.ends_at) < now,
            begun=interview.id in states,
            decides_on=decides_on[interview.id],
        )
        for interview in sorted(begun, key=lambda interview: (interview.ends_at, interview.id))
    ]
    coming.sort(key=lambda interview: (interview.starts_at, interview.id))
    sent.sort(key=lambda interview: (interview.starts_at, interview.id), reverse=True)
    listed = sent if request.args.get("sent") == "all" else sent[:RECENT]
    severity = rater_severity.severity_of(session, viewer=actor)
    page = pages.ListPage("My scorecards", owed, coming, listed, len(sent) - len(listed), guard.today(), severity)
    return render_template("scorecards/index.html", page=page)


def own_verdict(application: Application, cards: list[Scorecard]) -> PanelistVerdict | None:
    """Where the viewer stood before the round table and stands after it, once it is open; None off the panel."""
    session, actor = db.session(), guard.actor()
    own = next((card for card in cards if card.author_id == actor.id), None)
    if own is None or not debriefs.is_open(session, application):
        return None
    verdict = verdicts.latest_verdicts(session, [application.id])[application.id].get(actor.id)
    return PanelistVerdict(actor, own.versions[0].overall, verdict)


@blueprint.page("/applications/<int:application_id>/scorecards", Permission.SCORECARD_LIST)
def of_application(application: Application) -> ResponseReturnValue:
    """The cards of an application side by side; while the viewer owes one, only their own and how many are in."""
    session, actor = db.session(), guard.actor()
    visible = queries.visible_to(session, viewer=actor, application=application)
    submitted = [card for card in visible.cards if card.sent]
    names = application.requisition.attribute_names
    other_names = [mark.attribute for card in submitted for mark in card.ratings if mark.attribute not in names]
    runs = permits.permits(session, actor=actor, permission=Permission.APPLICATION_MOVE, on=application)
    page = pages.SidePage(
        title=f"Scorecards: {application.candidate.name}",
        application=application,
        tabs=tabs.application_tabs(application, "scorecards", runs=runs),
        breadcrumbs=breadcrumbs.of_application(application, shows_board=runs),
        sight=replace(visible, cards=submitted),
        attributes=[*names, *dict.fromkeys(other_names)],
        waiting=queries.missing_cards(session, [application.id]) if runs and not visible.hidden else [],
        now=guard.now(),
        stand=None if visible.hidden else own_verdict(application, submitted),
    )
    return render_template("scorecards/of_application.html", page=page)
