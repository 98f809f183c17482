"""Scorecards to read: one's own by state, and those of an application side by side."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.debriefs import queries as debriefs
from recruiter.debriefs import verdicts
from recruiter.debriefs.verdicts import PanelistVerdict
from recruiter.foundation.database.db import db
from recruiter.interviews import decision_dates
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import InterviewStatus
from recruiter.interviews.rules import card_due
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

RECENT = 20


@blueprint.page("/scorecards", Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """My scorecards: what I owe, what comes up, what I have sent."""
    session, now = db.session(), guard.now()
    interviews_of_viewer = interviews.of_person(session, guard.actor().id)
    states = queries.own_states(
        session, author=guard.actor(), interview_ids=[interview.id for interview in interviews_of_viewer]
    )
    submitted, unsubmitted = [], []
    for interview in interviews_of_viewer:  # latest first
        if states.get(interview.id, CardState.DRAFT) != CardState.DRAFT:
            submitted.append(interview)
        elif interview.status == InterviewStatus.PLANNED:
            unsubmitted.append(interview)
    begun = sorted(
        (interview for interview in unsubmitted if interview.starts_at <= now),
        key=lambda interview: (interview.ends_at, interview.id),
    )
    coming = sorted(
        (interview for interview in unsubmitted if interview.starts_at > now),
        key=lambda interview: (interview.starts_at, interview.id),
    )
    latest = sorted(submitted, key=lambda interview: (interview.starts_at, interview.id), reverse=True)
    decides_on = decision_dates.held_up_by(session, begun, zone=guard.zone())
    owed = [
        pages.OwedCard(
            interview,
            due_at=card_due(interview.ends_at),
            late=card_due(interview.ends_at) < now,
            begun=interview.id in states,
            decides_on=decides_on[interview.id],
        )
        for interview in begun
    ]
    listed = latest if request.args.get("sent") == "all" else latest[:RECENT]
    severity = rater_severity.severity_of(session, viewer=guard.actor())
    page = pages.ListPage("My scorecards", owed, coming, listed, len(latest) - len(listed), guard.today(), severity)
    return render_template("scorecards/index.html", page=page)


def own_verdict(application: Application, cards: list[Scorecard]) -> PanelistVerdict | None:
    """Where the viewer himself stood before the round table and stands after it, once it is open; None off the panel."""
    session, actor = db.session(), guard.actor()
    own_cards = [card for card in cards if card.author_id == actor.id]
    if not own_cards:
        return None
    if debriefs.missing_cards_of(session, [application])[application.id]:
        early = debriefs.opened_early_on(session, application.requisition)
        if not early & {application.id, None}:
            return None
    verdict = verdicts.latest_verdicts(session, [application.id])[application.id].get(actor.id)
    return PanelistVerdict(actor, own_cards[0].versions[0].overall, verdict)


@blueprint.page("/applications/<int:application_id>/scorecards", Permission.SCORECARD_LIST)
def of_application(application: Application) -> ResponseReturnValue:
    """The cards of an application side by side; while the viewer owes one, only his own and how many are in."""
    session = db.session()
    visible = queries.visible_to(session, viewer=guard.actor(), application=application)
    submitted = [card for card in visible.cards if card.state != CardState.DRAFT]
    submitted_only = queries.VisibleCards(submitted, visible.submitted, visible.expected, visible.hidden)
    attribute_names = [attribute.name for attribute in application.requisition.attributes]
    other_names = [
        mark.attribute for card in submitted for mark in card.ratings if mark.attribute not in attribute_names
    ]
    runs = permits.permits(session, actor=guard.actor(), permission=Permission.APPLICATION_MOVE, on=application)
    title = application.requisition.title
    board = url_for("requisitions.board", requisition_ref=application.requisition.key) if runs else None
    verdict = None if visible.hidden else own_verdict(application, submitted)
    page = pages.SidePage(
        title=f"Scorecards: {application.candidate.name}",
        application=application,
        tabs=tabs.application_tabs(application, "scorecards", runs=runs),
        breadcrumbs=[(title, board), (application.candidate.name, None)],
        sight=submitted_only,
        attributes=[*attribute_names, *dict.fromkeys(other_names)],
        waiting=queries.missing_cards(session, [application.id]) if runs and not visible.hidden else [],
        now=guard.now(),
        stand=verdict,
    )
    return render_template("scorecards/of_application.html", page=page)
