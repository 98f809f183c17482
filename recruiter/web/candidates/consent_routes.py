"""Whether we may keep in touch with a person: asked, kept, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired

from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.pipeline import timeline
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.forms import apply_errors
from recruiter.web.keepwarm.forms import pairs
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


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
    breadcrumbs: list[tuple[str, str | None]]
    candidate: Candidate
    current: Consent | None
    earlier: list[Consent]
    form: ConsentForm
    text: str
    problem: str


def _page(candidate: Candidate, form: ConsentForm, *, problem: str = "", status: int = 200) -> Any:
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
        problem=problem,
    )
    return render_template("candidates/consent.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.route("/candidates/<int:candidate_id>/consent", methods=["GET", "POST"])
@guard.needs(Permission.CANDIDATE_NOTE)
def consent(candidate: Candidate) -> Any:
    """Ask whether we may keep in touch, and keep the answer with its words and its end."""
    session, form, today = db.session(), ConsentForm(), guard.today()
    if not form.is_submitted():
        form.ends_on.data = consent_services.default_end(today)
        return _page(candidate, form)
    if not form.validate():
        return _page(candidate, form, status=422)
    applications = timeline.applications_among(session, [candidate.id], within=scopes.applications(guard.actor()))
    latest = next(iter(applications.get(candidate.id, [])), None)
    try:
        consent = consent_services.record(
            session, candidate=candidate, ends_on=form.ends_on.data, channel=form.channel.data, act=guard.act(),
            application_id=latest.id if latest else None,
        )  # fmt: skip
    except DomainError as error:
        session.rollback()
        return _page(candidate, form, problem=apply_errors(form, error.errors, error.message), status=error.status)
    session.commit()
    until = f"{consent.ends_on.day} {consent.ends_on:%B %Y}"
    where = url_for("candidates.show", candidate_id=candidate.id)
    return redirect_with_flash(where, message=f"We keep in touch with {candidate.name} until {until}.")


@blueprint.post("/candidates/<int:candidate_id>/consent/withdrawal")
@guard.needs(Permission.CANDIDATE_NOTE)
def consent_withdrawal(candidate: Candidate) -> Any:
    """They took it back: they leave every list of people kept in touch with at once."""
    session, form = db.session(), FlaskForm()
    if not form.validate():
        return _page(candidate, ConsentForm(formdata=None), problem="Not taken back. Try again.", status=422)
    consent_services.withdraw(
        session,
        candidate=candidate,
        act=guard.act(),
    )
    session.commit()
    where = url_for("candidates.show", candidate_id=candidate.id)
    return redirect_with_flash(
        where, message=f"Taken back. {candidate.name} is on no list of people kept in touch with any more."
    )
