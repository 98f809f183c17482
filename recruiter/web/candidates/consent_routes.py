"""Whether we may keep in touch with a person: asked, kept, taken back."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.pipeline import history_queries
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.record_subjects import home_of
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import date_fields, guard
from recruiter.web.request.choice_fields import listed
from recruiter.web.request.form_handling import handle_form


class ConsentForm(FlaskForm):
    """A yes, by which way, until when. Nothing is ticked beforehand."""

    channel = SelectField("How they told us", choices=listed(consent_services.CHANNELS))
    ends_on = date_fields.day("Until", required="Enter the day until which they agree.")
    said_yes = BooleanField(
        "They heard the words above and said yes",
        validators=[InputRequired("Read them the words above, and tick this when they said yes.")],
    )


def _page(candidate: Candidate, form: ConsentForm) -> ResponseReturnValue:
    session, today = db.session(), guard.today()
    current = consent_services.current_consent(session, candidate, today=today)
    earlier = [consent for consent in consent_services.history_of(session, candidate) if consent is not current]
    text = consent_services.consent_text(form.ends_on.data or consent_services.default_end(today))
    way = breadcrumbs.of_candidate(candidate, "Keeping in touch")
    page = FormPage(f"Keeping in touch: {candidate.name}", way, form)
    return page.rendered("candidates/consent.html", candidate=candidate, current=current, earlier=earlier, text=text)


@blueprint.form("/candidates/<int:candidate_id>/consent", Permission.CANDIDATE_NOTE)
def consent(candidate: Candidate) -> ResponseReturnValue:
    """Ask whether we may keep in touch, and keep the answer with its words and its end."""
    form = ConsentForm(data={"ends_on": consent_services.default_end(guard.today())})

    def save() -> Consent:
        session, within = db.session(), scopes.applications(guard.actor())
        subject = history_queries.latest_or_person(session, candidate, within=within)
        channel, ends_on = form.channel.data, form.ends_on.data
        return consent_services.record(session, subject=subject, ends_on=ends_on, channel=channel, act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: _page(candidate, form),
        home=home_of(candidate),
        flash=lambda consent: (
            f"We keep in touch with {candidate.name} until {consent.ends_on.day} {consent.ends_on:%B %Y}."
        ),
    )


@blueprint.act("/candidates/<int:candidate_id>/consent/withdrawal", Permission.CANDIDATE_NOTE)
def consent_withdrawal(candidate: Candidate) -> ResponseReturnValue:
    """They took it back: they leave every list of people kept in touch with at once."""
    form = FlaskForm()

    def again() -> ResponseReturnValue:
        consent_form = ConsentForm(formdata=None)
        consent_form.form_errors = form.form_errors or ["Not taken back. Try again."]
        return _page(candidate, consent_form)

    return handle_form(
        form,
        save=lambda: consent_services.withdraw(db.session(), candidate=candidate, act=guard.act()),
        again=again,
        home=home_of(candidate),
        flash=f"Taken back. {candidate.name} is on no list of people kept in touch with any more.",
    )
