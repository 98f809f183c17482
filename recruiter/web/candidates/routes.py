"""Candidates: everyone, somebody new, one person across requisitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for

from recruiter.candidates import queries, services
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.pipeline import services as application_services
from recruiter.pipeline import source_credit, timeline
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.candidates import (
    candidate_page,
    forms,
    source_routes,
)
from recruiter.web.candidates.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.pipeline.application import records
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.text.filters import application_status

STALE = "Not saved. Somebody changed this person while you wrote. Check what stands there now, then save again."


@dataclass(frozen=True)
class FormPage:
    """The form about a person."""

    title: str
    form: forms.PersonForm
    button: str
    back: str
    duplicates: list[Candidate]
    problem: str
    breadcrumbs: crumbs.Crumbs
    requisition: Requisition | None = None
    stages: dict[int, str] = field(default_factory=dict)


def _form_page(
    form: forms.PersonForm,
    *,
    candidate: Candidate | None = None,
    alike: list[Candidate] | None = None,
    requisition: Requisition | None = None,
    problem: str = "",
    status: int = 200,
) -> Any:
    breadcrumbs: crumbs.Crumbs = [("Candidates", url_for("candidates.index"))]
    back = url_for("candidates.index")
    if candidate is not None:
        back = url_for("candidates.show", candidate_id=candidate.id)
        breadcrumbs.append((candidate.name, back))
    title, button = (f"Change {candidate.name}", "Save") if candidate else ("Add a candidate", "Add candidate")
    breadcrumbs.append((button, None))
    if requisition is not None:
        back = url_for("requisitions.board", requisition_ref=requisition.key)
        breadcrumbs = crumbs.of_requisition(requisition, button)
    stages = _stages_of(alike, requisition) if alike and requisition else {}
    page = FormPage(title, form, button, back, alike or [], problem, breadcrumbs, requisition, stages)
    return render_template("candidates/form.html", page=page, has_errors=bool(problem or form.errors or alike)), status


def _stages_of(alike: list[Candidate], requisition: Requisition) -> dict[int, str]:
    """Where those who look the same stand on the requisition already, for those who are on it."""
    within = scopes.applications(guard.actor())
    applications_by_candidate = timeline.applications_among(
        db.session(), [candidate.id for candidate in alike], within=within
    )
    on_requisition = [
        application
        for applications in applications_by_candidate.values()
        for application in applications
        if application.requisition_id == requisition.id
    ]
    return {
        application.candidate_id: application.stage.name
        if application.status == ApplicationStatus.ACTIVE
        else f"{application_status(application.status)} in {application.stage.name}"
        for application in on_requisition
    }


@blueprint.route("/candidates/new", methods=["GET", "POST"])
@guard.needs(Permission.CANDIDATE_CREATE)
def new() -> Any:
    """Enter a person, and for the requisition from which one came; where somebody looks the same, ask first."""
    session, actor = db.session(), guard.actor()
    form = forms.PersonForm(data={"requisition": request.args.get("requisition", "")})
    requisition = _requisition(form.requisition.data)
    if not form.is_submitted():
        return _form_page(form, requisition=requisition)
    if not form.validate():
        return _form_page(form, requisition=requisition, status=422)
    person = form.person()
    duplicates = queries.possible_duplicates(
        session,
        name=person.name or "",
        emails=person.emails or [],
        phones=person.phones or [],
        within=scopes.candidates(actor),
    )
    if duplicates and not form.another.data:
        return _form_page(form, alike=duplicates, requisition=requisition, status=422)
    try:
        candidate = services.add(session, person=person, act=guard.act())
        application = _enter(candidate, requisition, source=person.source or "") if requisition else None
    except DomainError as error:
        session.rollback()
        general_error = forms.apply_errors(form, error.errors, error.message)
        return _form_page(form, problem=general_error, requisition=requisition, status=error.status)
    session.commit()
    if requisition is None or application is None:
        return redirect_with_flash(
            url_for("candidates.show", candidate_id=candidate.id), message=f"{candidate.name} added."
        )
    flash = f"{candidate.name} added and entered for {requisition.title}."
    return redirect_with_flash(url_for("pipeline.application", application_id=application.id), message=flash)


def _requisition(key: str | None) -> Requisition | None:
    """The requisition from whose board somebody is added, where he may add to it."""
    requisition = (
        next(
            (
                requisition
                for requisition in candidate_page.open_ones(candidate_page.seen_requisitions())
                if requisition.key == key
            ),
            None,
        )
        if key
        else None
    )
    if requisition is None or not permits.permits(
        db.session(), actor=guard.actor(), permission=Permission.REQUISITION_EDIT, on=requisition
    ):
        return None
    return requisition


def _enter(candidate: Candidate, requisition: Requisition, *, source: str) -> Application:
    session, _actor, _now = db.session(), guard.actor(), guard.now()
    application = application_services.apply(session, candidate=candidate, requisition=requisition, act=guard.act())
    if source:
        source_credit.credit(session, application=application, source=source, credited_to=None, act=guard.act())
    return application


@blueprint.route("/candidates/<int:candidate_id>/edit", methods=["GET", "POST"])
@guard.needs(Permission.CANDIDATE_EDIT)
def change(candidate: Candidate) -> Any:
    """Change what is known of a person."""
    session = db.session()
    form = forms.PersonForm(data=forms.form_data(candidate))
    if not form.is_submitted():
        return _form_page(form, candidate=candidate)
    if form.version.data != str(candidate.version):
        form.version.data = str(candidate.version)
        return _form_page(form, candidate=candidate, problem=STALE, status=409)
    if not form.validate():
        return _form_page(form, candidate=candidate, status=422)
    try:
        services.change(session, candidate=candidate, person=form.person(), act=guard.act())
    except DomainError as error:
        session.rollback()
        problem = forms.apply_errors(form, error.errors, error.message)
        return _form_page(form, candidate=candidate, problem=problem, status=error.status)
    session.commit()
    return redirect_with_flash(url_for("candidates.show", candidate_id=candidate.id), message="Saved.")


@blueprint.get("/candidates/<int:candidate_id>")
@guard.needs(Permission.CANDIDATE_READ)
def show(candidate: Candidate) -> Any:
    """One person: how to reach them, and their applications within sight."""
    return candidate_page.answer(candidate)


@blueprint.post("/candidates/<int:candidate_id>/applications")
@guard.needs(Permission.APPLICATION_CREATE)
def apply(candidate: Candidate) -> Any:
    """Enter a person for a requisition."""
    session, actor = db.session(), guard.actor()
    permits.require(session, actor=actor, permission=Permission.CANDIDATE_READ, on=candidate)
    visible = candidate_page.seen_requisitions()
    people = records.people()
    form = forms.apply_form(candidate_page.open_ones(visible), people)
    if not form.validate():
        return candidate_page.answer(candidate, form, status=422)
    requisition = next(entry for entry in visible if str(entry.id) == form.requisition.data)
    permits.require(session, actor=actor, permission=Permission.REQUISITION_EDIT, on=requisition)
    try:
        application = application_services.apply(session, candidate=candidate, requisition=requisition, act=guard.act())
        brought_by = source_routes.brought_by(people, form.credited_to.data)
        if form.source.data or brought_by:
            source_credit.credit(
                session, application=application, source=form.source.data or "", credited_to=brought_by, act=guard.act(),
                )  # fmt: skip
    except Conflict as error:
        session.rollback()
        return candidate_page.answer(candidate, form, problem=error.message, status=409)
    session.commit()
    where = url_for("pipeline.application", application_id=application.id)
    return redirect_with_flash(where, message=f"{candidate.name} entered for {requisition.title}.")
