"""Scorecards: mine, one to fill in on a phone, and those of an application side by side."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for

from recruiter.foundation.db import db
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.scorecards import queries, rules, services
from recruiter.scorecards.models import CardState, Scorecard
from recruiter.web import guard, tabs
from recruiter.web.scorecards import forms, pages

blueprint = Blueprint("scorecards", __name__)
SHOWN = 20
CANCELLED = "This interview did not take place, so it has no scorecard."


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
    owed = [
        pages.Owed(one, card_due(one.ends_at), card_due(one.ends_at) < now, one.id in states)
        for one in sorted(open_ones, key=lambda one: (one.ends_at, one.id))
        if one.starts_at <= now
    ]
    coming = sorted((one for one in open_ones if one.starts_at > now), key=lambda one: (one.starts_at, one.id))
    latest = sorted(sent, key=lambda one: (one.starts_at, one.id), reverse=True)
    shown = latest if request.args.get("sent") == "all" else latest[:SHOWN]
    page = pages.ListPage("My scorecards", owed, coming, shown, len(latest) - len(shown))
    return render_template("scorecards/index.html", page=page)


def _closed(interview: Interview) -> str:
    if interview.status != InterviewStatus.PLANNED:
        return CANCELLED
    return "This scorecard opens when the interview starts." if guard.now() < interview.starts_at else ""


def _shown(
    interview: Interview, card: Scorecard | None, form: forms.CardForm | None, *, problem: str = "", status: int = 200
) -> Any:
    session = db.session()
    counts = queries.counts(session, [interview.application_id], now=guard.now())[interview.application_id]
    sent = card is not None and card.state != CardState.DRAFT
    closed = "" if sent else _closed(interview)
    hides = closed and request.method == "GET"
    page = pages.page_of(interview, counts, card=card, form=None if hides else form, problem=problem, closed=closed)
    name = "scorecards/sent.html" if sent else "scorecards/show.html"
    return render_template(name, page=page, has_errors=bool(page.errors or problem)), status


@blueprint.route("/scorecards/<int:interview_id>", methods=["GET", "POST"])
@guard.needs(Permission.SCORECARD_WRITE)
def show(interview: Interview) -> Any:
    """One's own card: fill it in, save it as a draft, send it; read it once it was sent."""
    attributes = interview.application.requisition.attributes
    card = queries.own(db.session(), interview=interview, author=guard.actor())
    if request.method == "POST":
        form = forms.card_form(attributes)
        if request.accept_mimetypes.best == "application/json":
            return _autosaved(interview, form)
        return _sent_in(interview, form)
    return _shown(interview, card, forms.card_form(attributes, data=forms.written(card, attributes)))


def _given(interview: Interview, form: forms.CardForm) -> dict[str, Any]:
    version = form.version.data or ""
    return {
        "interview": interview,
        "author": guard.actor(),
        "marks": forms.marks(form, interview.application.requisition.attributes),
        "overall": forms.overall(form),
        "summary": form.summary.data or "",
        "now": guard.now(),
        "expected_version": int(version) if version.isascii() and version.isdecimal() else None,
    }


def _autosaved(interview: Interview, form: forms.CardForm) -> Any:
    """Answer the script that saves while somebody types."""
    if not form.validate():
        first = next(iter(form.errors.values()))[0]
        return jsonify(said=f"Not saved. {first}"), 422
    try:
        card = services.save(db.session(), **_given(interview, form))
    except DomainError as error:
        db.session.rollback()
        return jsonify(said=error.message), error.status
    db.session.commit()
    saved = card.saved_at.astimezone(guard.configured().zone)
    return jsonify(version=card.version, said=f"Draft saved {saved:%H:%M}.")


def _sent_in(interview: Interview, form: forms.CardForm) -> Any:
    """Save or send what somebody filled in; on an error the draft is kept, and so is the form."""
    session, attributes = db.session(), interview.application.requisition.attributes
    wants_to_send = bool(request.form.get("send"))
    card = queries.own(session, interview=interview, author=guard.actor())
    if not form.validate():
        return _shown(interview, card, form, status=422)
    whole = forms.ask_for_choices(form, attributes, interview.focus) if wants_to_send else True
    try:
        given = _given(interview, form)
        if wants_to_send and whole:
            services.submit(session, **given)
        else:
            card = services.save(session, **given)
    except Conflict as error:
        session.rollback()
        card = _follow(interview, form)
        return _shown(interview, card, form, problem=error.message, status=409)
    except RuleBroken as error:
        session.commit()  # the draft: only what it lacks to be sent was refused
        forms.lay(form, attributes, error.errors)
        return _incomplete(interview, form)
    session.commit()
    if not whole:
        return _incomplete(interview, form)
    if wants_to_send:
        where = url_for("scorecards.of_application", application_id=interview.application_id)
        return guard.go(where, said="Scorecard sent. It is fixed now.")
    return guard.go(url_for("scorecards.show", interview_id=interview.id), said="Draft saved. Nobody else sees it.")


def _incomplete(interview: Interview, form: forms.CardForm) -> Any:
    """Show what a card lacks to be sent: everything at once, in the words of its fields."""
    attributes = interview.application.requisition.attributes
    try:
        rules.check_whole(forms.marks(form, attributes), overall=forms.overall(form))
    except RuleBroken as error:
        said = {str(message) for field in form for message in field.errors}
        fresh = {key: [one for one in found if one not in said] for key, found in error.errors.items()}
        if any(form[f"rating_{one.id}"].errors for one in attributes):
            fresh.pop("ratings", None)
        forms.lay(form, attributes, fresh)
    return _shown(interview, _follow(interview, form), form, status=422)


def _follow(interview: Interview, form: forms.CardForm) -> Scorecard | None:
    """The card as it is stored, whose version the form takes on, so that saving again replaces it knowingly."""
    card = queries.own(db.session(), interview=interview, author=guard.actor())
    form.version.data = str(card.version) if card else "0"
    return card


@blueprint.post("/scorecards/<int:interview_id>/amend")
@guard.needs(Permission.SCORECARD_WRITE)
def amend(interview: Interview) -> Any:
    """Put a sent card right, saying why; the first version stays beside it."""
    session, attributes = db.session(), interview.application.requisition.attributes
    form = forms.card_form(attributes)
    card = queries.own(session, interview=interview, author=guard.actor())
    if not form.validate():
        return _shown(interview, card, form, status=422)
    given = _given(interview, form)
    del given["expected_version"]
    try:
        services.amend(session, **given, reason=form.reason.data or "")
    except RuleBroken as error:
        session.rollback()
        forms.lay(form, attributes, error.errors)
        return _shown(interview, card, form, status=422)
    session.commit()
    return guard.go(
        url_for("scorecards.show", interview_id=interview.id), said="Scorecard amended. Both versions are kept."
    )


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
    page = pages.SidePage(
        title=f"Scorecards: {application.candidate.name}",
        application=application,
        tabs=tabs.application_tabs(application, "scorecards", runs=runs),
        breadcrumbs=[(title, board), (application.candidate.name, None)],
        sight=shown,
        attributes=[*named, *dict.fromkeys(more)],
    )
    return render_template("scorecards/of_application.html", page=page)
