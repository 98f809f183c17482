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
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.candidates import candidate_page, forms
from recruiter.web.candidates.area import blueprint
from recruiter.web.layout import breadcrumbs
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import general_error, handle_form, has_errors
from recruiter.web.text.filters import application_status

LIKELY_DUPLICATES = 422


@dataclass(frozen=True)
class FormPage:
    """The form about a person."""

    title: str
    form: forms.PersonForm
    button: str
    back: str
    breadcrumbs: breadcrumbs.Crumbs
    problem: str
    duplicates: Sequence[Candidate] = ()
    requisition: Requisition | None = None
    stages: dict[int, str] = field(default_factory=dict)


def _rendered(page: FormPage) -> str:
    errors = bool(page.duplicates) or has_errors(page.form)
    return render_template("candidates/form.html", page=page, has_errors=errors)


def _new_page(form: forms.PersonForm, requisition: Requisition | None, duplicates: Sequence[Candidate] = ()) -> str:
    back, button = url_for("candidates.index"), "Add candidate"
    way: breadcrumbs.Crumbs = [("Candidates", back), (button, None)]
    if requisition is not None:
        back = url_for("requisitions.board", requisition_ref=requisition.key)
        way = breadcrumbs.of_requisition(requisition, button)
    stages = _stages_of(duplicates, requisition) if requisition else {}
    return _rendered(
        FormPage("Add a candidate", form, button, back, way, general_error(form), duplicates, requisition, stages)
    )


def _stages_of(duplicates: Sequence[Candidate], requisition: Requisition) -> dict[int, str]:
    """Where those who look the same stand on the requisition already, for those who are on it."""
    within = scopes.applications(guard.actor())
    by_candidate = history_queries.applications_among(
        db.session(), [candidate.id for candidate in duplicates], within=within
    )
    return {
        candidate_id: application.stage.name
        if application.status == ApplicationStatus.ACTIVE
        else f"{application_status(application.status)} in {application.stage.name}"
        for candidate_id, applications in by_candidate.items()
        for application in applications
        if application.requisition_id == requisition.id
    }


@blueprint.form("/candidates/new", Permission.CANDIDATE_CREATE)
def new() -> ResponseReturnValue:
    """Enter a person, and for the requisition from which one came; where somebody looks the same, ask first."""
    session, actor = db.session(), guard.actor()
    form = forms.PersonForm(data={"requisition": request.args.get("requisition", "")})
    requisition, person = _requisition(form.requisition.data), form.details()
    if form.validate_on_submit() and not form.another.data:
        duplicates = queries.possible_duplicates(
            session,
            name=person.name or "",
            emails=person.emails or [],
            phones=person.phones or [],
            within=scopes.candidates(actor),
        )
        if duplicates:
            return _new_page(form, requisition, duplicates), LIKELY_DUPLICATES

    def save() -> tuple[Candidate, Application | None]:
        candidate = services.add(session, person=person, act=guard.act())
        if requisition is None:
            return candidate, None
        return candidate, application_services.apply(
            session, candidate=candidate, requisition=requisition, source=person.source or "", act=guard.act()
        )

    return handle_form(
        form,
        save=save,
        again=lambda: _new_page(form, requisition),
        home=lambda saved: (
            url_for("pipeline.application", application_id=saved[1].id)
            if saved[1]
            else url_for("candidates.show", candidate_id=saved[0].id)
        ),
        flash=lambda saved: (
            f"{saved[0].name} added and entered for {saved[1].requisition.title}."
            if saved[1]
            else f"{saved[0].name} added."
        ),
    )


def _requisition(key: str | None) -> Requisition | None:
    """The requisition from whose board somebody is added, where the actor may add to it."""
    if not key:
        return None
    open_requisitions = candidate_page.open_requisitions(candidate_page.seen_requisitions())
    requisition = next((requisition for requisition in open_requisitions if requisition.key == key), None)
    if requisition is None or not permits.permits(
        db.session(), actor=guard.actor(), permission=Permission.REQUISITION_EDIT, on=requisition
    ):
        return None
    return requisition


@blueprint.form("/candidates/<int:candidate_id>/edit", Permission.CANDIDATE_EDIT)
def change(candidate: Candidate) -> ResponseReturnValue:
    """Change what is known of a person."""
    form, back = forms.PersonForm.of(candidate), url_for("candidates.show", candidate_id=candidate.id)
    way: breadcrumbs.Crumbs = [("Candidates", url_for("candidates.index")), (candidate.name, back), ("Save", None)]
    title = f"Change {candidate.name}"

    def save() -> Candidate:
        check_form_unchanged(form, candidate, "person")
        return services.change(db.session(), candidate=candidate, person=form.details(), act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: _rendered(FormPage(title, form, "Save", back, way, general_error(form))),
        home=back,
        flash="Saved.",
    )


@blueprint.page("/candidates/<int:candidate_id>", Permission.CANDIDATE_READ)
def show(candidate: Candidate) -> ResponseReturnValue:
    """One person: how to reach them, and their applications within sight."""
    return candidate_page.answer(candidate)


@blueprint.act("/candidates/<int:candidate_id>/applications", Permission.APPLICATION_CREATE)
def apply(candidate: Candidate) -> ResponseReturnValue:
    """Enter a person for a requisition."""
    session, actor = db.session(), guard.actor()
    permits.require(session, actor=actor, permission=Permission.CANDIDATE_READ, on=candidate)
    open_requisitions = candidate_page.open_requisitions(candidate_page.seen_requisitions())
    form = forms.ApplyForm.for_requisitions(open_requisitions, records.people())

    def save() -> Application:
        requisition = form.chosen_requisition
        permits.require(session, actor=actor, permission=Permission.REQUISITION_EDIT, on=requisition)
        return application_services.apply(
            session, candidate=candidate, requisition=requisition, act=guard.act(), **form.credit()
        )

    return handle_form(
        form,
        save=save,
        again=lambda: candidate_page.answer(candidate, form),
        home=lambda application: url_for("pipeline.application", application_id=application.id),
        flash=lambda application: f"{candidate.name} entered for {application.requisition.title}.",
    )
