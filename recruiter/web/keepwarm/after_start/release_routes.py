"""After the start: whom to call, and the call itself with feedback and the question whether we may keep in touch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.keepwarm.after_start import bench_release
from recruiter.keepwarm.after_start.bench_release import ToCall
from recruiter.keepwarm.models.records import BenchRelease, Channel, ConsentAnswer
from recruiter.keepwarm.schedule.next_contact import short_day
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_feedback
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import date_fields, guard
from recruiter.web.request.choice_fields import listed
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.text_fields import long_text

WAYS = {
    Channel.PHONE: "By phone",
    Channel.VIDEO: "By video call",
    Channel.IN_PERSON: "In person",
    Channel.EMAIL: "By e-mail, after calling in vain",
}
ANSWERS = {
    ConsentAnswer.YES: "Yes, keep in touch",
    ConsentAnswer.NO: "No",
    ConsentAnswer.LATER: "They want to think about it",
}


class ReleaseForm(FlaskForm):
    """One call: how, which feedback, what they answered."""

    channel = SelectField("How did you reach them?", choices=listed(WAYS))
    feedback = long_text(
        "Feedback that you gave them", required="Write which feedback they were given.", longest=forms.LONGEST
    )
    answer = RadioField(
        "May we keep in touch?",
        choices=listed(ANSWERS),
        validators=[InputRequired("Ask whether we may keep in touch, and say what they answered.")],
    )
    ends_on = date_fields.day("If yes, until")

    def as_call(self) -> bench_release.ReleaseCall:
        """As a value."""
        return bench_release.ReleaseCall(
            Channel(self.channel.data), self.feedback.data or "", ConsentAnswer(self.answer.data), self.ends_on.data
        )


@dataclass(frozen=True)
class CallsPage:
    """Whom to call."""

    title: str
    waiting: list[ToCall]
    today: dt.date


@dataclass(frozen=True)
class ReleasePage(FormPage):
    """The call of one finalist; `due` is missing where nobody waits for it."""

    application: Application
    due: ToCall | None
    consent_words: str


def waiting(application_id: int | None = None) -> list[ToCall]:
    """The finalists of whoever is signed in who wait for their call."""
    within = scopes.searches(guard.actor())
    return bench_release.to_call(db.session(), within=within, moment=guard.act(), application_id=application_id)


@blueprint.page("/keep-warm/calls", Permission.KEEPWARM_LIST)
def calls() -> ResponseReturnValue:
    """Finalists of filled searches who were not called yet."""
    return render_template("keepwarm/calls.html", page=CallsPage("Keep warm: calls", waiting(), guard.today()))


def _page(application: Application, form: ReleaseForm) -> str:
    name = application.candidate.name
    page = ReleasePage(
        title=f"Call {name}",
        breadcrumbs=[
            ("Keep warm", url_for("keepwarm.index")),
            (name, url_for("keepwarm.of_application", application_id=application.id)),
            ("Call and release", None),
        ],
        application=application,
        due=next(iter(waiting(application.id)), None),
        form=form,
        consent_words=consent_services.consent_text(form.ends_on.data or consent_services.default_end(guard.today())),
    )
    return page.rendered("keepwarm/release.html")


def _outcome(application: Application, answer: ConsentAnswer) -> str:
    """What happens next, by what they answered."""
    if answer == ConsentAnswer.YES:
        return "We keep in touch."
    second_call = next(iter(waiting(application.id)), None) if answer == ConsentAnswer.LATER else None
    if second_call is None:
        return "Nothing further is kept for keeping in touch."
    return f"They stay under Calls, to be asked again by {short_day(second_call.due_on)}."


@blueprint.form("/applications/<int:application_id>/release", Permission.KEEPWARM_WRITE)
def release(application: Application) -> ResponseReturnValue:
    """Keep the call that lets a finalist go: feedback, the answer to the question, the end of the application."""
    form = ReleaseForm()
    if not form.is_submitted():
        form.ends_on.data = consent_services.default_end(guard.today())
        return _page(application, form)

    def save() -> BenchRelease:
        return checked_feedback.release(db.session(), application=application, call=form.as_call(), act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: _page(application, form),
        home=url_for("keepwarm.calls"),
        flash=lambda done: f"Call with {application.candidate.name} recorded. {_outcome(application, done.answer)}",
    )
