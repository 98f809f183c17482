"""Candidates: everyone, somebody new, one person across requisitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates import queries, services
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.pipeline import history_queries
from recruiter.pipeline import services as application_services
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition
from recruiter.web.candidates import candidate_page, forms
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.record_subjects import home_of
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_form, has_errors
from recruiter.web.text.filters import application_status

LIKELY_DUPLICATES = 422


@dataclass(frozen=True)
class PersonFormPage(FormPage):
    """The form about a person; `stages` says where those who look the same stand on the requisition already."""

    button: str
    back: str
    duplicates: Sequence[Candidate] = ()
    requisition: Requisition | None = None
    stages: dict[int, str] = field(default_factory=dict)
    first_stage: str = ""

    def answer(self) -> str:
        """The page; a likely duplicate is something to mend, too."""
        errors = bool(self.duplicates) or has_errors(self.form)
        return render_template("candidates/form.html", page=self, has_errors=errors)


def _new_page(form: forms.PersonForm, requisition: Requisition | None, duplicates: Sequence[Candidate] = ()) -> str:
    back, button, stages, first_stage = url_for("candidates.index"), "Add candidate", {}, ""
    way: breadcrumbs.Crumbs = [("Candidates", back), (button, None)]
    if requisition is not None:
        back = url_for("requisitions.board", requisition_ref=requisition.key)
        way, stages = breadcrumbs.of_requisition(requisition, button), _stages_of(duplicates, requisition)
        first_stage = requisition.stages[0].name
    page = PersonFormPage("Add a candidate", way, form, button, back, duplicates, requisition, stages, first_stage)
    return page.answer()


def _stages_of(duplicates: Sequence[Candidate], requisition: Requisition) -> dict[int, str]:
    """Where those who look the same stand on the requisition already, for those who are on it."""
    within, ids = scopes.applications(guard.actor()), [candidate.id for candidate in duplicates]
    by_candidate = history_queries.applications_among(db.session(), ids, within=within)
    return {
        application.candidate_id: application.stage.name
        if application.is_active
        else f"{application_status(application.status)} in {application.stage.name}"
        for applications in by_candidate.values()
        for application in applications
        if application.requisition_id == requisition.id
    }


@blueprint.form("/candidates/new", Permission.CANDIDATE_CREATE)
def new() -> ResponseReturnValue:
    """Enter a person, and for the requisition from which one came; where somebody looks the same, ask first."""
    session = db.session()
    form = forms.PersonForm(data={"requisition": request.args.get("requisition", "")})
    requisition, person = _requisition(form.requisition.data), form.details()
    if form.validate_on_submit() and not form.another.data:
        duplicates = queries.possible_duplicates(session, person, within=scopes.candidates(guard.actor()))
        if duplicates:
            return _new_page(form, requisition, duplicates), LIKELY_DUPLICATES

    def save() -> tuple[Candidate, Application | None]:
        candidate = services.add(session, person=person, act=guard.act())
        if requisition is None:
            return candidate, None
        source = person.source or ""
        return candidate, application_services.apply(
            session, candidate=candidate, requisition=requisition, source=source, act=guard.act()
        )

    return handle_form(
        form,
        save=save,
        again=lambda: _new_page(form, requisition),
        home=lambda saved: home_of(saved[1] or saved[0]),
        flash=lambda saved: (
            f"{saved[0].name} added{f' and entered for {saved[1].requisition.title}' if saved[1] else ''}."
        ),
    )


def _requisition(key: str | None) -> Requisition | None:
    """The requisition from whose board somebody is added, where the actor may add to it."""
    if not key:
        return None
    requisition = requisitions.by_key(db.session(), key)
    if requisition is None or requisition.status not in requisitions.TAKES_PEOPLE:
        return None
    return requisition if guard.may(Permission.REQUISITION_EDIT, requisition) else None


@blueprint.form("/candidates/<int:candidate_id>/edit", Permission.CANDIDATE_EDIT)
def change(candidate: Candidate) -> ResponseReturnValue:
    """Change what is known of a person."""
    form, home = forms.PersonForm.of(candidate), home_of(candidate)
    way = breadcrumbs.of_candidate(candidate, "Save")
    page = PersonFormPage(f"Change {candidate.name}", way, form, "Save", home)

    def save() -> Candidate:
        check_form_unchanged(form, candidate, "person")
        return services.change(db.session(), candidate=candidate, person=form.details(), act=guard.act())

    return handle_form(form, save=save, again=page.answer, home=home, flash="Saved.")


@blueprint.page("/candidates/<int:candidate_id>", Permission.CANDIDATE_READ)
def show(candidate: Candidate) -> ResponseReturnValue:
    """One person: how to reach them, and their applications within sight."""
    return candidate_page.answer(candidate)


@blueprint.act("/candidates/<int:candidate_id>/applications", Permission.APPLICATION_CREATE)
def apply(candidate: Candidate) -> ResponseReturnValue:
    """Enter a person for a requisition."""
    guard.require(Permission.CANDIDATE_READ, candidate)
    open_requisitions = candidate_page.open_requisitions()
    form = forms.ApplyForm.for_requisitions(open_requisitions, records.people())

    def save() -> Application:
        requisition = permits.find(db.session(), name="requisition_ref", value=form.requisition.data)
        guard.require(Permission.REQUISITION_EDIT, requisition)
        return application_services.apply(
            db.session(), candidate=candidate, requisition=requisition, act=guard.act(), **form.credit()
        )

    return handle_form(
        form,
        save=save,
        again=lambda: candidate_page.answer(candidate, form),
        home=home_of,
        flash=lambda application: f"{candidate.name} entered for {application.requisition.title}.",
    )
