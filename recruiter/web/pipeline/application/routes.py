"""An application: its timeline, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.bulk_actions import Closing
from recruiter.keepwarm.overview import board_signals
from recruiter.offers import queries as offers
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.exit_checklist import ExitCheck
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Stage, StageKind
from recruiter.web.pipeline.application import actions, application_page, forms
from recruiter.web.pipeline.application.action_page import handle_action, latest_change_text, undo_href, way_back
from recruiter.web.pipeline.area import blueprint
from recruiter.web.pipeline.closing_message import of_closing
from recruiter.web.request import conflicts, guard


@blueprint.page("/applications/<int:application_id>", Permission.APPLICATION_READ)
def application(application: Application) -> ResponseReturnValue:
    """The timeline of an application, and who it is about."""
    return render_template("pipeline/application.html", page=application_page.page_of(application))


def _target_stages(application: Application) -> list[Stage]:
    """Where a move may lead; to the stage of the hire once an offer was accepted."""
    offer = offers.live_of(db.session(), application)
    can_hire = offer is not None and offer.status == OfferStatus.ACCEPTED
    stages = [stage for stage in application.requisition.stages if stage.id != application.stage_id]
    return [stage for stage in stages if can_hire or stage.kind != StageKind.HIRED]


def _checklist_of(application: Application) -> Sequence[ExitCheck]:
    """What its stage asks for before it is left; nothing for an application that has ended."""
    viewer, requisition = guard.actor(), application.requisition
    board_items = board_signals.of_requisition(
        db.session(), requisition, viewer=viewer, moment=guard.act(), application_id=application.id
    )
    return board_items[0].leaving if board_items else ()


@blueprint.form("/applications/<int:application_id>/move", Permission.APPLICATION_MOVE)
def move(application: Application) -> ResponseReturnValue:
    """Move an application; going back and skipping an interview ask for a reason, and what was chosen is kept."""
    stages, name, before = application.requisition.stages, application.candidate.name, application.stage.name
    form = forms.MoveForm.for_stages(stages, _target_stages(application), to_stage=request.args.get("to"))

    def save() -> str:
        if conflicts.is_stale(form.stood.data, application.stage_id):
            raise Conflict(f"Not moved. {latest_change_text(application)} What you chose is kept below.")
        to_stage = next(stage.name for stage in stages if str(stage.id) == form.to_stage.data)
        chosen, reason = [application], form.reason.data or ""
        return bulk_actions.move(db.session(), chosen=chosen, to_stage=to_stage, reason=reason, act=guard.act())

    return handle_action(
        application,
        form,
        save=save,
        flash=lambda _: f"{name} moved from {before} to {application.stage.name}.",
        title=f"Move {name}",
        button="Move",
        template="pipeline/move.html",
        undo=undo_href(way_back(application)),
        leaving=lambda: _checklist_of(application),
    )


@blueprint.form("/applications/<int:application_id>/rejection", Permission.APPLICATION_MOVE)
def reject(application: Application) -> ResponseReturnValue:
    """Close an application with a reason; a finalist on the bench is let go only when somebody says so."""
    action, name = actions.close([application]), application.candidate.name
    return handle_action(
        application,
        action.form,
        save=action.save,
        flash=lambda _: action.message(f"Application of {name} closed."),
        title=f"Close the application of {name}",
        button="Close application",
        template="pipeline/end.html",
        undo=undo_href(way_back(application)),
    )


@blueprint.form("/applications/<int:application_id>/withdrawal", Permission.APPLICATION_MOVE)
def withdraw(application: Application) -> ResponseReturnValue:
    """Record that a candidate has withdrawn, at whatever point; whoever comes back is reopened."""
    name, coming = application.candidate.name, actions.coming_interviews([application])
    form = forms.EndForm.for_kind("withdrawal", bench=False, coming=coming)

    def save() -> Closing:
        return bulk_actions.withdraw(
            db.session(),
            application=application,
            reason=form.reason_given(),
            cancel_interviews=form.cancels_interviews,
            act=guard.act(),
        )

    return handle_action(
        application,
        form,
        save=save,
        flash=lambda closing: of_closing(
            f"Withdrawal of {name} recorded.{' The next finalist can be promoted now.' if closing.is_loss else ''}",
            [application],
            closing.cancelled,
        ),
        title=f"Record that {name} withdrew",
        button="Record withdrawal",
        template="pipeline/end.html",
        undo=lambda closing: undo_href(way_back(application))(closing.undo),
    )


@blueprint.form("/applications/<int:application_id>/reopening", Permission.APPLICATION_MOVE)
def reopen(application: Application) -> ResponseReturnValue:
    """Bring an ended application back to where it stood."""
    action, name = actions.reopen([application]), application.candidate.name
    return handle_action(
        application,
        action.form,
        save=action.save,
        flash=lambda _: f"Application of {name} reopened in {application.stage.name}.",
        title=f"Reopen the application of {name}",
        button="Reopen application",
        template="pipeline/reopen.html",
        undo=undo_href(way_back(application)),
        of_closed=True,
    )
