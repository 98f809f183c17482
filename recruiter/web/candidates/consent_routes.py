"""Whether we may keep in touch with a person: asked, kept, taken back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired

from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.pipeline import history_queries
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.area import blueprint
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.pipeline.application.record_forms import pairs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form, has_errors


class ConsentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A yes, by which way, until when. Nothing is ticked beforehand."""

    channel = SelectField("How they told us", choices=pairs(consent_services.CHANNELS.items()))
    ends_on = DateField("Until", validators=[InputRequired("Enter the day until which they agree.")])
    said_yes = BooleanField(
        "They heard the words above and said yes",
        validators=[InputRequired("Read them the words above, and tick this when they said yes.")],
    )


@dataclass(frozen=True)
class ConsentPage:
    """What a person agreed to, and the form."""

    title: str
    breadcrumbs: Crumbs
    candidate: Candidate
    current: Consent | None
    earlier: list[Consent]
    form: ConsentForm
    text: str
    problem: str


def _page(candidate: Candidate, form: ConsentForm, *, problem: str = "") -> ResponseReturnValue:
    session, today = db.session(), guard.today()
    current = consent_services.current_consent(session, candidate, today=today)
    page = ConsentPage(
        title=f"Keeping in touch: {candidate.name}",
        breadcrumbs=[
            ("Candidates", url_for("candidates.index")),
            (candidate.name, url_for("candidates.show", candidate_id=candidate.id)),
            ("Keeping in touch", None),
        ],
        candidate=candidate,
        current=current,
        earlier=[consent for consent in consent_services.history_of(session, candidate) if consent is not current],
        form=form,
        text=consent_services.consent_text(form.ends_on.data or consent_services.default_end(today)),
        problem=problem or general_error(form),
    )
    return render_template("candidates/consent.html", page=page, has_errors=bool(problem) or has_errors(form))


@blueprint.form("/candidates/<int:candidate_id>/consent", Permission.CANDIDATE_NOTE)
def consent(candidate: Candidate) -> ResponseReturnValue:
    """Ask whether we may keep in touch, and keep the answer with its words and its end."""
    form = ConsentForm(data={"ends_on": consent_services.default_end(guard.today())})

    def save() -> Consent:
        session, within = db.session(), scopes.applications(guard.actor())
        applications = history_queries.applications_among(session, [candidate.id], within=within)
        latest = next(iter(applications.get(candidate.id, [])), None)
        return consent_services.record(
            session,
            candidate=candidate,
            ends_on=form.ends_on.data,
            channel=form.channel.data,
            act=guard.act(),
            application_id=latest.id if latest else None,
        )

    return handle_form(
        form,
        save=save,
        again=lambda: _page(candidate, form),
        home=url_for("candidates.show", candidate_id=candidate.id),
        flash=lambda consent: (
            f"We keep in touch with {candidate.name} until {consent.ends_on.day} {consent.ends_on:%B %Y}."
        ),
    )


@blueprint.act("/candidates/<int:candidate_id>/consent/withdrawal", Permission.CANDIDATE_NOTE)
def consent_withdrawal(candidate: Candidate) -> ResponseReturnValue:
    """They took it back: they leave every list of people kept in touch with at once."""
    form = FlaskForm()
    return handle_form(
        form,
        save=lambda: consent_services.withdraw(db.session(), candidate=candidate, act=guard.act()),
        again=lambda: _page(
            candidate, ConsentForm(formdata=None), problem=general_error(form) or "Not taken back. Try again."
        ),
        home=url_for("candidates.show", candidate_id=candidate.id),
        flash=f"Taken back. {candidate.name} is on no list of people kept in touch with any more.",
    )
