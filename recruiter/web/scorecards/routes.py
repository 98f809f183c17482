"""Scorecards: mine, one to fill in on a phone, and those of an application side by side."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for
from flask import session as cookie
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from recruiter.accounts import queries as accounts
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.policy.permissions import Permission
from recruiter.scorecards import anchors, queries, rules, saved_submissions, services
from recruiter.scorecards.models import CardState, SavedSubmission, Scorecard
from recruiter.web.request import guard, session_recovery
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint

ALREADY_SUBMITTED = (
    "This scorecard was sent already and is fixed. What you typed here is kept in the form that amends it."
)
CANCELLED = "This interview did not take place, so it has no scorecard."


def _closed(interview: Interview) -> str:
    if interview.status != InterviewStatus.PLANNED:
        return CANCELLED
    return "This scorecard opens when the interview starts." if guard.now() < interview.starts_at else ""


def parts(interview: Interview) -> list[pages.FormPart]:
    """The attributes of an interview's requisition as its card shows them."""
    attributes = interview.application.requisition.attributes
    return pages.parts_of(attributes, interview.focus, anchors.anchors_of(db.session(), attributes))


def _card_page(
    interview: Interview,
    card: Scorecard | None,
    form: forms.CardForm | None,
    *,
    problem: str = "",
    status: int = 200,
    saved: Scorecard | None = None,
) -> Any:
    session = db.session()
    counts = queries.card_counts(session, [interview.application_id], now=guard.now())[interview.application_id]
    submitted = card is not None and card.state != CardState.DRAFT
    closed = "" if submitted else _closed(interview)
    hides_form = closed and request.method == "GET"
    restored = _saved_submission(interview) if request.method == "GET" else None
    if restored is not None:
        attributes = interview.application.requisition.attributes
        form = forms.card_form(
            attributes, formdata=MultiDict({**restored.fields, "version": form.version.data if form else ""})
        )
    page = pages.page_of(
        interview,
        counts,
        parts=parts(interview),
        card=card,
        form=None if hides_form else form,
        problem=problem,
        closed=closed,
        kept_at=restored.at if restored else None,
        saved=saved,
        evidence_for_all=queries.evidence_for_all(session, interview.application.requisition_id),
    )
    name = "scorecards/sent.html" if submitted else "scorecards/show.html"
    return render_template(name, page=page, has_errors=bool(page.errors or problem)), status


def _saved_submission(interview: Interview) -> SavedSubmission | None:
    """What the viewer typed when his session had run out, if he did."""
    return saved_submissions.saved_submission(db.session(), interview=interview, user=guard.actor(), now=guard.now())


@blueprint.before_request
def save_lapsed_submission() -> Any:
    """Keep a card that is sent in after its session ran out, for its author alone; he finds it after signing in."""
    interview_id = (request.view_args or {}).get("interview_id")
    own_card = request.endpoint in {"scorecards.show", "scorecards.amend"}
    if request.method != "POST" or g.actor is not None or interview_id is None or not own_card:
        return None
    secret = cookie.get(session_recovery.SECRET)
    lapsed = accounts.lapsed_session(db.session(), secret, now=guard.now()) if secret else None
    interview = db.session.get(Interview, interview_id) if lapsed is not None else None
    if lapsed is None or interview is None:
        return None
    fields = {name: value for name, value in request.form.items() if name not in {"csrf_token", "version", "send"}}
    if not saved_submissions.save(db.session(), interview=interview, user=lapsed.user, fields=fields, now=guard.now()):
        return None  # it may be kept as any other form is
    db.session.commit()
    return redirect(url_for("accounts.sign_in", next=url_for("scorecards.show", interview_id=interview_id)), code=303)


@blueprint.route("/scorecards/<int:interview_id>", methods=["GET", "POST"])
@guard.needs(Permission.SCORECARD_WRITE)
def show(interview: Interview) -> Any:
    """One's own card: fill it in, save it as a draft, send it; read it once it was sent."""
    attributes = interview.application.requisition.attributes
    card = queries.card_of(db.session(), interview=interview, author=guard.actor())
    asks_for_json = request.accept_mimetypes.best == "application/json"
    if request.method == "POST":
        form = forms.card_form(attributes)
        if asks_for_json:
            return _autosave(interview, form)
        if card is not None and card.state != CardState.DRAFT:  # what the form lacks to be sent is beside the point
            return _card_page(interview, card, form, problem=ALREADY_SUBMITTED, status=409)
        return _save_or_submit(interview, form)
    if asks_for_json:  # the script, after somebody signed in again in another window
        return jsonify(token=generate_csrf(), version=card.version if card else 0)
    return _card_page(interview, card, forms.card_form(attributes, data=forms.form_data(card, attributes)))


def _card_input(interview: Interview, form: forms.CardForm) -> dict[str, Any]:
    return {
        "interview": interview,
        "author": guard.actor(),
        "marks": forms.marks(form, interview.application.requisition.attributes),
        "overall": forms.overall(form),
        "summary": form.summary.data or "",
        "optional": forms.optional_parts(form),
        "now": guard.now(),
        "expected_version": text.number(form.version.data),
    }


def _autosave(interview: Interview, form: forms.CardForm) -> Any:
    """Answer the script that saves while somebody types."""
    if not form.validate():
        first = next(iter(form.errors.values()))[0]
        return jsonify({"said": f"Not saved. {first}"}), 422
    try:
        card = services.save(db.session(), **_card_input(interview, form))
    except DomainError as error:
        db.session.rollback()
        return jsonify({"said": error.message}), error.status
    db.session.commit()
    saved = card.saved_at.astimezone(guard.settings().zone)
    return jsonify({"version": card.version, "said": f"Draft saved {saved:%H:%M}."})


def _save_or_submit(interview: Interview, form: forms.CardForm) -> Any:
    """Save or send what somebody filled in; on an error the draft is kept, and so is the form."""
    session, attributes = db.session(), interview.application.requisition.attributes
    wants_to_send = bool(request.form.get("send"))
    card = queries.card_of(session, interview=interview, author=guard.actor())
    if not form.validate():
        return _card_page(interview, card, form, status=422)
    complete = forms.check_choices(form, attributes, interview.focus) if wants_to_send else True
    try:
        card_input = _card_input(interview, form)
        if wants_to_send and complete:
            services.submit(session, **card_input)
        else:
            card = services.save(session, **card_input)
    except Conflict as error:
        session.rollback()
        card = _take_stored_version(interview, form)
        return _card_page(interview, card, form, problem=error.message, status=409, saved=card)
    except RuleBroken as error:
        session.commit()  # the draft: only what it lacks to be sent was refused
        forms.apply_errors(form, attributes, error.errors)
        return _incomplete_page(interview, form)
    session.commit()
    if not complete:
        return _incomplete_page(interview, form)
    if wants_to_send:
        home = url_for("scorecards.of_application", application_id=interview.application_id)
        return redirect_with_flash(home, message="Scorecard sent. It is fixed now.")
    return redirect_with_flash(
        url_for("scorecards.show", interview_id=interview.id), message="Draft saved. Nobody else sees it."
    )


def _incomplete_page(interview: Interview, form: forms.CardForm) -> Any:
    """Show what a card lacks to be sent: everything at once, in the words of its fields."""
    attributes = interview.application.requisition.attributes
    try:
        evidence_for_all = queries.evidence_for_all(db.session(), interview.application.requisition_id)
        rules.check_complete(
            forms.marks(form, attributes), overall=forms.overall(form), evidence_for_all=evidence_for_all
        )
    except RuleBroken as error:
        shown_messages = {str(message) for field in form for message in field.errors}
        new_errors = {
            key: [message for message in messages if message not in shown_messages]
            for key, messages in error.errors.items()
        }
        if any(form[f"rating_{attribute.id}"].errors for attribute in attributes):
            new_errors.pop("ratings", None)
        forms.apply_errors(form, attributes, new_errors)
    return _card_page(interview, _take_stored_version(interview, form), form, status=422)


def _take_stored_version(interview: Interview, form: forms.CardForm) -> Scorecard | None:
    """The card as it is stored, whose version the form takes on, so that saving again replaces it knowingly."""
    card = queries.card_of(db.session(), interview=interview, author=guard.actor())
    form.version.data = str(card.version) if card else "0"
    return card


@blueprint.post("/scorecards/<int:interview_id>/amend")
@guard.needs(Permission.SCORECARD_WRITE)
def amend(interview: Interview) -> Any:
    """Put a sent card right, saying why; the first version stays beside it."""
    session, attributes = db.session(), interview.application.requisition.attributes
    form = forms.card_form(attributes)
    card = queries.card_of(session, interview=interview, author=guard.actor())
    if not form.validate():
        return _card_page(interview, card, form, status=422)
    card_input = _card_input(interview, form)
    del card_input["expected_version"]
    try:
        services.amend(session, **card_input, reason=form.reason.data or "")
    except RuleBroken as error:
        session.rollback()
        forms.apply_errors(form, attributes, error.errors)
        return _card_page(interview, card, form, status=422)
    session.commit()
    return redirect_with_flash(
        url_for("scorecards.show", interview_id=interview.id), message="Scorecard amended. Both versions are kept."
    )
