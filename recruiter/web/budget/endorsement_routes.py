"""The two minutes of a colleague of another team: a signed link, no account, nothing of scorecards or pay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request, url_for

from recruiter import request_context as context
from recruiter.accounts.models import User
from recruiter.budget import queries, services
from recruiter.budget.models import Choice, Endorsement
from recruiter.budget.rules import OPEN
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.web.budget import forms
from recruiter.web.budget.area import blueprint
from recruiter.web.request import guard

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
    """What a colleague sees: who asks, about whom, for which role, the question."""

    title: str
    asker: str
    organisation: str
    candidate: str
    role: str
    question: str
    form: Any
    problem: str = ""


@dataclass(frozen=True)
class ClosedPage:
    """Where there is nothing to answer, or nothing more."""

    title: str
    message: str
    typed: list[tuple[str, str]] = field(default_factory=list)


def _closed(title: str, message: str, status: int, typed: list[tuple[str, str]] | None = None) -> Any:
    return render_template("budget/answered.html", page=ClosedPage(title, message, typed or [])), status


def _typed() -> list[tuple[str, str]]:
    """What the form that came too late holds, field by field, so that it can be copied."""
    if request.method != "POST":
        return []
    form = forms.AnswerForm()
    fields = [form.for_what, form.by_when, form.answer, form.name, form.team]
    return [(field.label.text, field.data or "") for field in fields if (field.data or "").strip()]


def _too_late(endorsement: Endorsement, title: str, message: str, unsent: str) -> Any:
    """Nothing more to answer; what was typed meanwhile is shown to be copied, and it is said why it was not taken."""
    typed = _typed()
    asker = db.session().get(User, endorsement.asked_by_id)
    explanation = unsent.format(asker.name if asker else "whoever asked you") if typed else message
    return _closed("Your answer was not taken" if typed else title, explanation, 409, typed)


def _page(endorsement: Endorsement, form: Any, problem: str = "") -> AnswerPage:
    application = endorsement.case.offer.application
    asker = db.session().get(User, endorsement.asked_by_id)
    return AnswerPage(
        "Your view, in two minutes",
        asker.name if asker else "A recruiter",
        guard.settings().organisation,
        application.candidate.name,
        application.requisition.title,
        endorsement.question,
        form,
        problem,
    )


@blueprint.route("/endorse/<token>", methods=["GET", "POST"])
def endorse(token: str) -> Any:
    """Answer a question about a candidate by the link alone."""
    endorsement = queries.endorsement_by_secret(db.session(), token, now=guard.now())
    if endorsement is None:
        return _closed("This link does not work", LINK_EXPIRED, 404, _typed())
    if endorsement.answered_at is not None:
        thanks = request.method == "GET" and request.args.get("sent") == "yes"
        return (
            _closed("Thank you", THANKS, 200)
            if thanks
            else _too_late(endorsement, "You have answered", ALREADY_ANSWERED, ALREADY_ANSWERED_UNSENT)
        )
    if endorsement.case.status not in OPEN:
        return _too_late(endorsement, "No answer needed", CASE_CLOSED, CASE_CLOSED_UNSENT)
    form, status, problem = forms.AnswerForm(), 200, ""
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                services.answer_endorsement(
                    db.session(),
                    endorsement=endorsement,
                    name=form.name.data or "",
                    team=form.team.data or "",
                    choice=Choice(form.would_use.data),
                    for_what=form.for_what.data or "",
                    by_when=form.by_when.data or "",
                    comment=form.answer.data or "",
                    moment=context.moment(),
                )
            except DomainError as error:
                db.session.rollback()
                problem, status = forms.apply_errors(form, error.errors, error.message), error.status
            else:
                db.session.commit()
                return redirect(url_for("budget.endorse", token=token, sent="yes"), code=303)
    return render_template(
        "budget/endorse.html", page=_page(endorsement, form, problem), has_errors=bool(problem or form.errors)
    ), status
