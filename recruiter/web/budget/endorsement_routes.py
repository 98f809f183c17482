"""The two minutes of a colleague of another team: a signed link, no account, nothing of scorecards or pay."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter import request_context as context
from recruiter.accounts.models import User
from recruiter.budget import queries, services
from recruiter.budget.models import Endorsement
from recruiter.foundation.database.db import db
from recruiter.web.budget import forms
from recruiter.web.budget.area import blueprint
from recruiter.web.request import guard
from recruiter.web.request.form_handling import handle_form, has_errors
from recruiter.web.request.text_fields import typed_text

LINK_EXPIRED = "This link has run out, or it is not one of ours. Ask whoever sent it to you for a new one."
ALREADY_ANSWERED = "Your answer is in already. Thank you."
CASE_CLOSED = (
    "The case has been decided or sent in the meantime, so no answer is needed any more. Thank you for your time."
)
CASE_CLOSED_UNSENT = "Your answer was not taken: the case was decided or sent for a decision while you wrote. Copy your words below and send them to {} if you want them read."
ALREADY_ANSWERED_UNSENT = "An answer by this link is in already, so this one was not taken. Copy your words below and send them to {} if you want them read."
THANKS = "Your words go into the case as you wrote them, with your name and the date. You can close this page."


@dataclass(frozen=True)
class AnswerPage:
    """What a colleague sees: who asks, for which company, the question with its candidate and role."""

    title: str
    asker: str
    organisation: str
    endorsement: Endorsement
    form: forms.AnswerForm


@dataclass(frozen=True)
class ClosedPage:
    """Where there is nothing to answer, or nothing more; with what was typed meanwhile, to be copied."""

    title: str
    message: str
    typed: list[tuple[str, str]] = field(default_factory=list)


def _closed(page: ClosedPage, status: int) -> ResponseReturnValue:
    return render_template("budget/answered.html", page=page), status


def _typed() -> list[tuple[str, str]]:
    """What the form that came too late holds, field by field, so that it can be copied."""
    if request.method != "POST":
        return []
    form = forms.AnswerForm()
    fields = [form.for_what, form.by_when, form.answer, form.name, form.team]
    return [(field.label.text, field.data or "") for field in fields if typed_text(field)]


def _asker(endorsement: Endorsement, unknown: str) -> str:
    user = db.session().get(User, endorsement.asked_by_id)
    return user.name if user else unknown


def _too_late(endorsement: Endorsement, page: ClosedPage, unsent: str) -> ResponseReturnValue:
    """Nothing more to answer; what was typed meanwhile is shown to be copied, and it is said why it was not taken."""
    typed = _typed()
    if typed:
        page = ClosedPage("Your answer was not taken", unsent.format(_asker(endorsement, "whoever asked you")), typed)
    return _closed(page, 409)


def _show(endorsement: Endorsement, form: forms.AnswerForm) -> str:
    asker, organisation = _asker(endorsement, "A recruiter"), guard.settings().organisation
    page = AnswerPage("Your view, in two minutes", asker, organisation, endorsement, form)
    return render_template("budget/endorse.html", page=page, has_errors=has_errors(form))


@blueprint.route("/endorse/<token>", methods=["GET", "POST"])
@guard.public
def endorse(token: str) -> ResponseReturnValue:
    """Answer a question about a candidate by the link alone."""
    endorsement = queries.endorsement_by_secret(db.session(), token, now=guard.now())
    if endorsement is None:
        return _closed(ClosedPage("This link does not work", LINK_EXPIRED, _typed()), 404)
    if endorsement.answered_at is not None:
        if request.method == "GET" and request.args.get("sent") == "yes":
            return _closed(ClosedPage("Thank you", THANKS), 200)
        return _too_late(endorsement, ClosedPage("You have answered", ALREADY_ANSWERED), ALREADY_ANSWERED_UNSENT)
    if not endorsement.case.is_open:
        return _too_late(endorsement, ClosedPage("No answer needed", CASE_CLOSED), CASE_CLOSED_UNSENT)
    form = forms.AnswerForm()
    return handle_form(
        form,
        save=lambda: services.answer_endorsement(
            db.session(), endorsement=endorsement, answer=form.value(), moment=context.moment()
        ),
        again=lambda: _show(endorsement, form),
        home=url_for("budget.endorse", token=token, sent="yes"),
    )
