"""How somebody came to a requisition, and who brought them."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.pipeline import ownership
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.candidates import forms
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.record_subjects import home_of
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_form


@blueprint.form("/applications/<int:application_id>/source", Permission.APPLICATION_EDIT)
def source(application: Application) -> ResponseReturnValue:
    """Record how somebody came to this requisition, and who brought them."""
    home, form = home_of(application), forms.SourceForm.for_application(application, records.people())
    way = breadcrumbs.of_application(application, "Source and credit")
    page = FormPage(f"How {application.candidate.name} came", way, form)

    def save() -> Application:
        check_form_unchanged(form, application, "application")
        return ownership.credit(db.session(), application=application, act=guard.act(), **form.credit())

    return handle_form(
        form,
        save=save,
        again=lambda: page.rendered("candidates/source.html", application=application, back=home),
        home=home,
        flash="Source and credit saved.",
    )
