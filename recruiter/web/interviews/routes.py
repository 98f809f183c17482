"""An interview planned; its calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.documents.calendar_file import Method
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.interviews import interview_plans, queries, schedule_checks, services
from recruiter.interviews.interview_plans import Coverage
from recruiter.interviews.models import Interview, InterviewStatus, PlannedTalk
from recruiter.interviews.notices import emails
from recruiter.interviews.notices.emails import Installation
from recruiter.interviews.schedule_checks import ScheduleWarning, TimeSlot
from recruiter.pipeline.models import Application
from recruiter.policy import panel_warnings, scopes
from recruiter.policy.permissions import Permission
from recruiter.web.interviews import forms
from recruiter.web.interviews.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_form, has_errors

CONFLICT = 409


@dataclass(frozen=True)
class PlanPage:
    """The form that plans an interview; `talks` are those of the plan, each with whether it is planned already."""

    title: str
    application: Application
    form: forms.PlanForm
    problem: str
    stages: list[tuple[str, str]]
    people: list[tuple[str, str]]
    zone: str
    breadcrumbs: crumbs.Crumbs
    coverage: Coverage
    talks: list[tuple[PlannedTalk, bool]]
    warned: Sequence[ScheduleWarning]


def application_url(application: Application) -> str:
    """The page of an application."""
    return url_for("pipeline.application", application_id=application.id)


def possible_panelists() -> list[User]:
    """Who may be on a panel."""
    return [user for user in accounts.everybody(db.session()) if user.active and user.role != Role.APPROVER]


def people_choices(people: Sequence[User]) -> list[tuple[str, str]]:
    """People as a list of choices shows them."""
    return [(str(user.id), f"{user.name} ({user.team or user.email})") for user in people]


def schedule_warnings(
    form: forms.TimesForm, application: Application, people: Sequence[User], *, moved: Interview | None = None
) -> list[ScheduleWarning]:
    """What may be wrong with the time and the panel of a form, whom it closes out and who has read scorecards, unless its writer has said that it is to be so."""
    if form.anyway.data:
        return []
    panel = [seat.user for seat in form.panel(people)]
    scored = form.asks_for_cards(otherwise=moved is None or moved.scored)
    seat_warnings = panel_warnings.warnings(db.session(), application=application, panel=panel if scored else [])
    return seat_warnings + schedule_checks.warnings(
        db.session(),
        application=application,
        panel=panel,
        slot=TimeSlot(form.starts_at(), form.ends_at()),
        now=guard.now(),
        zone=guard.zone(),
        within=scopes.applications(guard.actor()),
        except_id=moved.id if moved is not None else None,
    )


def _defaults(application: Application, planned: Sequence[PlannedTalk]) -> JsonObject:
    """What the form proposes: a talk of the plan where one was chosen, else the present stage where people are met in it."""
    talk_id = request.args.get("talk")
    entry = next((entry for entry in planned if str(entry.id) == talk_id), None)
    if entry is not None:
        return {
            "name": entry.name,
            "stage": str(entry.stage_id),
            "minutes": entry.minutes,
            "focus": entry.focus,
            "scored": entry.scored,
        }
    stages = forms.meeting_stages(application.requisition)
    stage = application.stage if application.stage in stages else stages[0]
    return {"stage": str(stage.id), "minutes": 60, "scored": True}


@blueprint.form("/applications/<int:application_id>/interviews", Permission.INTERVIEW_PLAN)
def plan(application: Application) -> ResponseReturnValue:
    """Plan an interview, or record one that was held; on an error or a warning the form comes back as it was filled in."""
    session, requisition, people = db.session(), application.requisition, possible_panelists()
    planned = interview_plans.plan_of(session, requisition)
    form = forms.plan_form(requisition, people, data=_defaults(application, planned))

    def plan_page(warnings: Sequence[ScheduleWarning] = ()) -> str:
        interviews = queries.of_application(session, application)
        planned_names = {interview.name for interview in interviews if interview.status != InterviewStatus.CANCELLED}
        page = PlanPage(
            title=f"Plan an interview with {application.candidate.name}",
            application=application,
            form=form,
            problem=general_error(form),
            stages=[(str(stage.id), stage.name) for stage in forms.meeting_stages(requisition)],
            people=people_choices(people),
            zone=guard.zone().key,
            breadcrumbs=crumbs.of_application(application, "Plan an interview"),
            coverage=interview_plans.coverage_of(session, application),
            talks=[(entry, entry.name in planned_names) for entry in planned],
            warned=warnings,
        )
        return render_template("interviews/plan.html", page=page, has_errors=has_errors(form))

    if form.is_submitted() and form.validate():
        warnings = schedule_warnings(form, application, people)
        if warnings:
            return plan_page(warnings), CONFLICT
    return handle_form(
        form,
        save=lambda: services.plan(
            session,
            application=application,
            stage=next(stage for stage in requisition.stages if str(stage.id) == form.stage.data),
            name=form.name.data or "",
            starts_at=form.starts_at(),
            ends_at=form.ends_at(),
            panel=form.panel(people),
            focus=form.focus.data or [],
            scored=form.asks_for_cards(),
            place=form.place.data or "",
            act=guard.act(),
        ),
        again=plan_page,
        home=application_url(application),
        flash="Interview planned. The panel is told.",
        fields=forms.FIELDS,
    )


@blueprint.page("/interviews/<int:interview_id>/calendar.ics", Permission.INTERVIEW_READ)
def calendar(interview: Interview) -> Response:
    """The interview as a file that every calendar reads; for whoever is on the panel or runs the search."""
    house = Installation.of(guard.settings())
    calendar_text = emails.file(interview, house=house, method=Method.PUBLISH, stamped_at=guard.now())
    response = Response(calendar_text, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="interview-{interview.id}.ics"'
    return response
