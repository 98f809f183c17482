"""Interviews planned, cancelled, or not held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role
from recruiter.foundation.db import db
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.interviews import services
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import StageKind
from recruiter.web import guard
from recruiter.web.interviews import forms

blueprint = Blueprint("interviews", __name__)
SAID = {InterviewStatus.CANCELLED: "Interview cancelled.", InterviewStatus.NO_SHOW: "Recorded that nobody came."}


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


def _home(application: Application) -> str:
    return url_for("pipeline.application", application_id=application.id)


def _first(application: Application) -> dict[str, Any]:
    """What the form proposes: the present stage where people are met in it, else the first in which they are."""
    stages = application.requisition.stages
    met = [one for one in stages if one.kind in {StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL}]
    here = application.stage if application.stage in met else (met or stages)[0]
    return {"stage": str(here.id), "minutes": 60}


@blueprint.route("/applications/<int:application_id>/interviews", methods=["GET", "POST"])
@guard.needs(Permission.INTERVIEW_PLAN)
def plan(application: Application) -> Any:
    """Plan an interview, or record one that was held; on an error the form comes back as it was filled in."""
    session, requisition = db.session(), application.requisition
    people = [one for one in accounts.everybody(session) if one.active and one.role != Role.APPROVER]
    form = forms.plan_form(requisition, people, data=_first(application))
    problem, status = "", 200
    if form.is_submitted():
        status = 422
        if form.validate():
            zone = guard.configured().zone
            try:
                services.plan(
                    session,
                    application=application,
                    stage=next(one for one in requisition.stages if str(one.id) == form.stage.data),
                    name=form.name.data or "",
                    starts_at=form.starts_at(zone),
                    ends_at=form.ends_at(zone),
                    panel=form.seats(people),
                    focus=form.focus.data or [],
                    actor=guard.actor(),
                    now=guard.now(),
                )
            except DomainError as error:
                session.rollback()
                problem, status = forms.lay(form, error.errors, error.message), error.status
            else:
                session.commit()
                return guard.go(_home(application), said="Interview planned.")
    page = PlanPage(
        title=f"Plan an interview with {application.candidate.name}",
        application=application,
        form=form,
        problem=problem,
        stages=[(str(one.id), one.name) for one in requisition.stages],
        people=[(str(one.id), f"{one.name} ({one.team or one.email})") for one in people],
        attributes=[one.name for one in requisition.attributes],
        seats=range(1, forms.SEATS + 1),
        zone=guard.configured().zone.key,
        breadcrumbs=[
            (requisition.title, url_for("requisitions.board", requisition_ref=requisition.key)),
            (application.candidate.name, _home(application)),
            ("Plan an interview", None),
        ],
    )
    return render_template("interviews/plan.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.post("/interviews/<int:interview_id>/status")
@guard.needs(Permission.INTERVIEW_PLAN)
def change(interview: Interview) -> Any:
    """Cancel an interview, or record that nobody came."""
    wanted = next((one for one in SAID if one.value == request.form.get("status")), None)
    if wanted is None:
        raise RuleBroken.at("status", "Choose whether it is cancelled or nobody came.")
    services.change(db.session(), interview=interview, actor=guard.actor(), now=guard.now(), status=wanted)
    db.session.commit()
    return guard.go(_home(interview.application), said=SAID[wanted])
