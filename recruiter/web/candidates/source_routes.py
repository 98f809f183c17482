"""How somebody came to a requisition, and who brought them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.pipeline import source_credit
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.candidates import forms
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.record_subjects import home_of
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import general_error, handle_form, has_errors


@dataclass(frozen=True)
class SourcePage:
    """The form about how somebody came."""

    title: str
    application: Application
    form: forms.SourceForm
    people: list[tuple[str, str]]
    problem: str
    back: str
    breadcrumbs: Crumbs


def _page(application: Application, form: forms.SourceForm) -> ResponseReturnValue:
    back, name = home_of(application), application.candidate.name
    board = url_for("requisitions.board", requisition_ref=application.requisition.key)
    page = SourcePage(
        title=f"How {name} came",
        application=application,
        form=form,
        people=forms.people_choices(form.people),
        problem=general_error(form),
        back=back,
        breadcrumbs=[(application.requisition.title, board), (name, back), ("Source and credit", None)],
    )
    return render_template("candidates/source.html", page=page, has_errors=has_errors(form))


@blueprint.form("/applications/<int:application_id>/source", Permission.APPLICATION_EDIT)
def source(application: Application) -> ResponseReturnValue:
    """Record how somebody came to this requisition, and who brought them."""
    data = {
        "source": application.source,
        "credited_to": str(application.credited_to_id or ""),
        "version": str(application.version),
    }
    form = forms.SourceForm.for_colleagues(records.people(), data=data)

    def save() -> Application:
        check_form_unchanged(form, application, "application")
        return source_credit.credit(db.session(), application=application, act=guard.act(), **form.credit())

    return handle_form(
        form,
        save=save,
        again=lambda: _page(application, form),
        home=home_of(application),
        flash="Source and credit saved.",
    )
