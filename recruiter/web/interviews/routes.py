"""An interview planned; its calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, render_template, request, url_for

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.documents.calendar_file import Method
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.interviews import interview_plans, queries, schedule_checks, services
from recruiter.interviews.interview_plans import Coverage
from recruiter.interviews.models import Interview, InterviewStatus, PlannedTalk
from recruiter.interviews.notices import emails
from recruiter.interviews.notices.emails import House
from recruiter.interviews.schedule_checks import Warned
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.web.interviews import forms
from recruiter.web.interviews.area import blueprint
from recruiter.web.request import guard


@dataclass(frozen=True)
class PlanPage:
    """The form that plans an interview."""

    title: str
    application: Application
    form: forms.PlanForm
    problem: str
    stages: list[tuple[str, str]]
    people: list[tuple[str, str]]
    attributes: list[str]
    seats: range
    zone: str
    breadcrumbs: list[tuple[str, str | None]]
    coverage: Coverage
    talks: list[tuple[PlannedTalk, bool]] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)


def home(application: Application) -> str:
    """The page of an application."""
    return url_for("pipeline.application", application_id=application.id)


def panelists() -> list[User]:
    """Who may be on a panel."""
    return [one for one in accounts.everybody(db.session()) if one.active and one.role != Role.APPROVER]


def named(people: Sequence[User]) -> list[tuple[str, str]]:
    """People as a list of choices shows them."""
    return [(str(one.id), f"{one.name} ({one.team or one.email})") for one in people]


def house() -> House:
    """What calendar files say about this installation."""
    chosen = guard.configured()
    return House(chosen.organisation, chosen.base_url, chosen.zone, chosen.mail_sender)


def warned_of(
    form: forms.TimesForm, application: Application, people: Sequence[User], *, apart: int | None = None
) -> list[Warned]:
    """What may be wrong with the time and the panel of a form, unless its writer has said that it is to be so."""
    if form.anyway.data:
        return []
    zone = guard.configured().zone
    return schedule_checks.warnings(
        db.session(),
        application=application,
        panel=[seat.user for seat in form.panel(people)],
        starts_at=form.starts_at(zone),
        ends_at=form.ends_at(zone),
        now=guard.now(),
        zone=zone,
        within=scopes.applications(guard.actor()),
        apart=apart,
    )


def _first(application: Application, talks: Sequence[PlannedTalk]) -> dict[str, Any]:
    """What the form proposes: a talk of the plan where one was chosen, else the present stage where people are met in it."""
    asked = request.args.get("talk")
    talk = next((one for one in talks if str(one.id) == asked), None)
    if talk is not None:
        return {"name": talk.name, "stage": str(talk.stage_id), "minutes": talk.minutes, "focus": talk.focus}
    met = forms.met_in(application.requisition)
    here = application.stage if application.stage in met else met[0]
    return {"stage": str(here.id), "minutes": 60}


@blueprint.route("/applications/<int:application_id>/interviews", methods=["GET", "POST"])
@guard.needs(Permission.INTERVIEW_PLAN)
def plan(application: Application) -> Any:
    """Plan an interview, or record one that was held; on an error or a warning the form comes back as it was filled in."""
    session, requisition = db.session(), application.requisition
    people = panelists()
    talks = interview_plans.lines(session, requisition)
    form = forms.plan_form(requisition, people, data=_first(application, talks))
    problem, status, warned = "", 200, list[Warned]()
    if form.is_submitted():
        status = 422
        if form.validate():
            zone = guard.configured().zone
            try:
                warned = warned_of(form, application, people)
                if not warned:
                    services.plan(
                        session,
                        application=application,
                        stage=next(one for one in requisition.stages if str(one.id) == form.stage.data),
                        name=form.name.data or "",
                        starts_at=form.starts_at(zone),
                        ends_at=form.ends_at(zone),
                        panel=form.panel(people),
                        focus=form.focus.data or [],
                        place=form.place.data or "",
                        actor=guard.actor(),
                        now=guard.now(),
                    )
            except DomainError as error:
                session.rollback()
                problem, status = forms.lay(form, error.errors, error.message), error.status
            else:
                if not warned:
                    session.commit()
                    return guard.go(home(application), said="Interview planned. The panel is told.")
                status = 409
    planned = {
        one.name for one in queries.of_application(session, application) if one.status != InterviewStatus.CANCELLED
    }
    page = PlanPage(
        title=f"Plan an interview with {application.candidate.name}",
        application=application,
        form=form,
        problem=problem,
        stages=[(str(one.id), one.name) for one in forms.met_in(requisition)],
        people=named(people),
        attributes=[one.name for one in requisition.attributes],
        seats=range(1, form.seats + 1),
        zone=guard.configured().zone.key,
        breadcrumbs=[
            (requisition.title, url_for("requisitions.board", requisition_ref=requisition.key)),
            (application.candidate.name, home(application)),
            ("Plan an interview", None),
        ],
        coverage=interview_plans.of_application(session, application),
        talks=[(one, one.name in planned) for one in talks],
        warned=warned,
    )
    return render_template("interviews/plan.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.get("/interviews/<int:interview_id>/calendar.ics")
@guard.needs(Permission.INTERVIEW_READ)
def calendar(interview: Interview) -> Any:
    """The interview as a file that every calendar reads; for whoever is on the panel or runs the search."""
    made = emails.file(interview, house=house(), method=Method.PUBLISH, stamped_at=guard.now())
    answer = Response(made, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="interview-{interview.id}.ics"'
    return answer
