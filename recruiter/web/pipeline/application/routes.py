"""An application: its timeline, and what can be done with it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm.lifecycle import services as acts
from recruiter.offers import queries as offers
from recruiter.offers.models import OfferStatus
from recruiter.pipeline import reasons
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Stage, StageKind
from recruiter.web.pipeline.application import application_page, exit_checklist, form_action, forms
from recruiter.web.pipeline.application.form_action import Options, handle_form
from recruiter.web.pipeline.area import blueprint
from recruiter.web.request import guard


@blueprint.get("/applications/<int:application_id>")
@guard.needs(Permission.APPLICATION_READ)
def application(application: Application) -> Any:
    """The timeline of an application, and who it is about."""
    return render_template("pipeline/application.html", page=application_page.page_of(application))


def _target_stages(application: Application) -> list[Stage]:
    """Where a move may lead; to the stage of the hire once an offer was accepted."""
    offer = offers.live_of(db.session(), application)
    can_hire = offer is not None and offer.status == OfferStatus.ACCEPTED
    stages = [stage for stage in application.requisition.stages if stage.id != application.stage_id]
    return [stage for stage in stages if can_hire or stage.kind != StageKind.HIRED]


@blueprint.route("/applications/<int:application_id>/move", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def move(application: Application) -> Any:
    """Move an application; going back and skipping an interview ask for a reason, and what was chosen is kept."""
    stages = application.requisition.stages
    form = forms.move_form(stages, to_stage=request.args.get("to"))
    stage_id, before = str(application.stage_id), application.stage.name

    def act() -> str:
        if form.stood.data not in {None, "", stage_id}:
            raise Conflict(f"Not moved. {form_action.latest_change_text(application)} What you chose is kept below.")
        to = next(stage for stage in stages if str(stage.id) == form.to_stage.data)
        acts.move(
            db.session(),
            application=application,
            to=to,
            act=guard.act(),
            reason=form.reason.data or "",
        )
        return f"{application.candidate.name} moved from {before} to {to.name}."

    return handle_form(
        application,
        form,
        act=act,
        title=f"Move {application.candidate.name}",
        button="Move",
        template="pipeline/move.html",
        options=[(str(stage.id), stage.name) for stage in _target_stages(application)],
        undo="moved",
        leaving=lambda: exit_checklist.of_application(application),
    )


def _reason_options(kind: str) -> Options:
    return [(reason.code, reason.label) for reason in reasons.of_kind(kind)]


@blueprint.route("/applications/<int:application_id>/rejection", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def reject(application: Application) -> Any:
    """Close an application with a reason; a finalist on the bench is let go only when somebody says so."""
    bench = application.finalist is not None and application.status == ApplicationStatus.ACTIVE
    form = forms.end_form("rejection", bench=bench)

    def act() -> str:
        acts.reject(
            db.session(),
            application=application,
            reason=form.reason_given(),
            act=guard.act(),
            release_bench=bench and bool(form.release_bench.data),
        )
        return f"Application of {application.candidate.name} closed."

    return handle_form(
        application,
        form,
        act=act,
        title=f"Close the application of {application.candidate.name}",
        button="Close application",
        template="pipeline/end.html",
        options=_reason_options("rejection"),
        undo="rejected",
    )


@blueprint.route("/applications/<int:application_id>/withdrawal", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def withdraw(application: Application) -> Any:
    """Record that a candidate has withdrawn, at whatever point."""
    form = forms.end_form("withdrawal", bench=False)

    def act() -> str:
        loss = acts.withdraw(db.session(), application=application, reason=form.reason_given(), act=guard.act())
        next_step = " The next finalist can be promoted now." if loss is not None else ""
        return f"Withdrawal of {application.candidate.name} recorded.{next_step}"

    return handle_form(
        application,
        form,
        act=act,
        title=f"Record that {application.candidate.name} withdrew",
        button="Record withdrawal",
        template="pipeline/end.html",
        options=_reason_options("withdrawal"),
    )


@blueprint.route("/applications/<int:application_id>/reopening", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def reopen(application: Application) -> Any:
    """Bring an ended application back to where it stood."""
    form = forms.ReopenForm()

    def act() -> str:
        acts.reopen(
            db.session(),
            application=application,
            reason=form.reason.data or "",
            act=guard.act(),
        )
        return f"Application of {application.candidate.name} reopened in {application.stage.name}."

    return handle_form(
        application,
        form,
        act=act,
        title=f"Reopen the application of {application.candidate.name}",
        button="Reopen application",
        template="pipeline/reopen.html",
        options=[],
        undo="reopened",
    )
