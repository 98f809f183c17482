"""One's own scorecard: filled in on a phone, saved as a draft, sent, and put right afterwards."""

from __future__ import annotations

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.interviews.models import Interview
from recruiter.policy.permissions import Permission
from recruiter.privacy import personal_texts
from recruiter.scorecards import queries, readings, rules, saved_submissions, services
from recruiter.scorecards.models import Scorecard
from recruiter.web.request import guard, session_recovery
from recruiter.web.request.form_handling import apply_errors, general_error, handle_form
from recruiter.web.scorecards import forms, pages
from recruiter.web.scorecards.area import blueprint
from recruiter.web.text.filters import moment

ALREADY_SUBMITTED = (
    "This scorecard was sent already and is fixed. What you typed here is kept in the form that amends it."
)
CANCELLED = "This interview did not take place, so it has no scorecard."
UNSCORED = "This interview asks for no scorecard."
NOT_ACCEPTABLE, CONFLICT = 422, 409


def _own_card(interview: Interview) -> Scorecard | None:
    return queries.card_of(db.session(), interview=interview, author=guard.actor())


def _form(interview: Interview) -> forms.CardForm:
    return forms.card_form(interview.application.requisition.attributes)


def _has_read_others(interview: Interview) -> bool:
    reader_id, application_id = guard.actor().id, interview.application_id
    return bool(readings.readers_among(db.session(), [reader_id], application_id=application_id))


def _card_page(interview: Interview, form: forms.CardForm, *, problem: str = "", saved: Scorecard | None = None) -> str:
    """The page of one's own card, with what was typed in a session that had run out where there is such a thing."""
    card = _own_card(interview)
    submitted = card is not None and card.sent
    closed = ""
    if not submitted and not interview.is_planned:
        closed = CANCELLED
    elif not submitted and not interview.scored:
        closed = UNSCORED
    elif not submitted and guard.now() < interview.starts_at:
        closed = f"This scorecard opens when the interview starts: {moment(interview.starts_at)}."
    restored = None
    if request.method == "GET":
        session, now = db.session(), guard.now()
        restored = saved_submissions.saved_submission(session, interview=interview, user=guard.actor(), now=now)
    if restored is not None:
        typed = MultiDict({**restored.fields, "version": form.version.data or ""})
        form = forms.card_form(form.attributes, formdata=typed)
    page = pages.page_of(
        interview,
        card=card,
        form=None if closed and request.method == "GET" else form,
        problem=problem or general_error(form),
        closed=closed,
        kept_at=restored.at if restored else None,
        saved=saved,
        has_read=not submitted and _has_read_others(interview),
    )
    name = "scorecards/sent.html" if submitted else "scorecards/show.html"
    return render_template(name, page=page, has_errors=bool(page.errors or page.problem))


@session_recovery.keeps("scorecards.show", "scorecards.amend")
def save_lapsed_submission(user: User) -> str | None:
    """Keep a card that is sent in after its session ran out, for its author alone; they find it after signing in."""
    interview = db.session.get(Interview, (request.view_args or {})["interview_id"])
    fields = {name: value for name, value in request.form.items() if name not in {"csrf_token", "version", "send"}}
    session, now = db.session(), guard.now()
    if interview and saved_submissions.save(session, interview=interview, user=user, fields=fields, now=now):
        return url_for("scorecards.show", interview_id=interview.id)
    return None  # it may be kept as any other form is


@blueprint.form("/scorecards/<int:interview_id>", Permission.SCORECARD_WRITE)
def show(interview: Interview) -> ResponseReturnValue:
    """One's own card: fill it in, save it as a draft, send it; read it once it was sent."""
    card, asks_for_json = _own_card(interview), request.accept_mimetypes.best == "application/json"
    if request.method == "POST":
        if asks_for_json:
            return _autosave(interview, _form(interview))
        if card is not None and card.sent:  # what the form lacks to be sent is beside the point
            return _card_page(interview, _form(interview), problem=ALREADY_SUBMITTED), CONFLICT
        return _save_or_submit(interview, _form(interview))
    if asks_for_json:  # the script, after somebody signed in again in another window
        return jsonify(token=generate_csrf(), version=card.version if card else 0)
    attributes = interview.application.requisition.attributes
    return _card_page(interview, forms.card_form(attributes, data=forms.form_data(card, attributes)))


def _write(interview: Interview, form: forms.CardForm, *, sends: bool = False) -> Scorecard:
    service = services.submit if sends else services.save
    version = text.number(form.version.data)
    return service(db.session(), interview=interview, content=form.content(), act=guard.act(), seen=version)


def _autosave(interview: Interview, form: forms.CardForm) -> ResponseReturnValue:
    """Answer the script that saves while somebody types."""
    if not form.validate():
        first = next(iter(form.errors.values()))[0]
        return jsonify({"said": f"Not saved. {first}"}), NOT_ACCEPTABLE
    try:
        card = _write(interview, form)
    except DomainError as error:
        return jsonify({"said": error.message}), error.status
    saved = card.saved_at.astimezone(guard.zone())
    warned = [
        sentence for warned_text in personal_texts.take_warned(db.session()) for sentence in warned_text.sentences
    ]
    status_line = " ".join([f"Draft saved {saved:%H:%M}.", *warned])
    return jsonify({"version": card.version, "said": status_line})


def _save_or_submit(interview: Interview, form: forms.CardForm) -> ResponseReturnValue:
    """Save or send what somebody filled in; where it lacks something to be sent the draft is kept all the same, and so is the form."""

    def refused() -> str:
        saved = _take_stored_version(interview, form) if general_error(form) else None
        return _card_page(interview, form, saved=saved)

    home, flash = url_for("scorecards.show", interview_id=interview.id), "Draft saved. Nobody else sees it."
    sends = bool(request.form.get("send"))
    if sends:
        home = url_for("scorecards.of_application", application_id=interview.application_id)
        flash = "Scorecard submitted. To change it, add an amendment."
    incomplete = sends and form.validate() and not _is_complete(interview, form)
    answer = handle_form(
        form,
        save=lambda: _write(interview, form, sends=sends and not incomplete),
        again=refused,
        home=home,
        flash="" if incomplete else flash,
        fields=form.fields_of_errors(),
    )
    if not incomplete or form.form_errors:
        return answer
    _is_complete(interview, form)
    _take_stored_version(interview, form)
    guard.commit_although_refused()
    return _card_page(interview, form), NOT_ACCEPTABLE


def _is_complete(interview: Interview, form: forms.CardForm) -> bool:
    """Whether a card can be sent; all that it lacks is put at its fields at once, each thing in one sentence."""
    choices_made = form.check_choices(interview.focus)
    try:
        evidence_for_all = queries.evidence_for_all(db.session(), interview.application.requisition_id)
        rules.check_complete(form.content(), evidence_for_all=evidence_for_all)
    except RuleBroken as error:
        unrated = any(form[f"rating_{attribute.id}"].errors for attribute in form.attributes)
        missing = {key: messages for key, messages in error.errors.items() if not (unrated and key == "ratings")}
        if missing:
            apply_errors(form, RuleBroken(error.message, errors=missing), fields=form.fields_of_errors())
        return False
    return choices_made


def _take_stored_version(interview: Interview, form: forms.CardForm) -> Scorecard | None:
    """The card as it is stored, whose version the form takes on, so that saving again replaces it knowingly."""
    card = _own_card(interview)
    form.version.data = str(card.version) if card else "0"
    return card


@blueprint.act("/scorecards/<int:interview_id>/amend", Permission.SCORECARD_WRITE)
def amend(interview: Interview) -> ResponseReturnValue:
    """Put a sent card right, saying why; the first version stays beside it."""
    form = _form(interview)
    return handle_form(
        form,
        save=lambda: services.amend(
            db.session(), interview=interview, content=form.content(), reason=form.reason.data or "", act=guard.act()
        ),
        again=lambda: _card_page(interview, form),
        home=url_for("scorecards.show", interview_id=interview.id),
        flash="Scorecard amended. Both versions are kept.",
        fields=form.fields_of_errors(),
    )
