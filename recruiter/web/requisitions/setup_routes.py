"""Opening a requisition, and changing one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission
from recruiter.requisitions import rules, services, stage_templates
from recruiter.requisitions.models import Requisition, RequisitionStatus, StageTemplate
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import general_error, handle_form, has_errors
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.requisitions.area import blueprint
from recruiter.web.requisitions.forms import RequisitionForm

MANAGER_ROLES = {Role.HIRING_MANAGER, Role.RECRUITER, Role.ADMIN}
SETTABLE = {
    RequisitionStatus.OPEN: "is open",
    RequisitionStatus.ON_HOLD: "is on hold",
    RequisitionStatus.CLOSED: "is closed",
}


@dataclass(frozen=True)
class SetupPage:
    """The form about a requisition."""

    title: str
    form: RequisitionForm
    requisition: Requisition | None
    problem: str
    pay: bool
    statuses: list[str]
    breadcrumbs: breadcrumbs.Crumbs
    tabs: list[tabs.Tab]
    templates: list[StageTemplate]
    template: StageTemplate | None


def _template() -> StageTemplate | None:
    """The template that a new requisition begins with, None where none was chosen, or where it went while the form was open."""
    template_id = request.values.get("template", "")
    try:
        return stage_templates.by_id(db.session(), text.number(template_id) or 0) if template_id else None
    except NotFound:
        if request.method == "POST":
            return None
        raise


def _managers() -> list[User]:
    return [user for user in accounts.everybody(db.session()) if user.role in MANAGER_ROLES and user.active]


def _page(form: RequisitionForm, *, requisition: Requisition | None = None) -> str:
    new: breadcrumbs.Crumbs = [("Requisitions", url_for("requisitions.index")), ("Open a requisition", None)]
    page = SetupPage(
        title=requisition.title if requisition else "Open a requisition",
        form=form,
        requisition=requisition,
        problem=general_error(form),
        pay=guard.actor().pay_view,
        statuses=[status.value for status in SETTABLE],
        breadcrumbs=breadcrumbs.of_requisition(requisition, "Setup") if requisition else new,
        tabs=tabs.requisition_tabs(requisition, "setup") if requisition else [],
        templates=stage_templates.all_templates(db.session()) if requisition is None else [],
        template=_template() if requisition is None else None,
    )
    return render_template("requisitions/setup.html", page=page, has_errors=has_errors(form))


def _with_exit_lists(stages: list[rules.StageTerms]) -> list[rules.StageTerms]:
    """Stages that came from a template ask for what they ask for there."""
    template = _template()
    exit_lists = {stage.name: stage.exit_list for stage in stage_templates.stage_terms(template)} if template else {}
    return [replace(stage, exit_list=exit_lists.get(stage.name)) for stage in stages]


@blueprint.form("/requisitions/new", Permission.REQUISITION_CREATE)
def new() -> ResponseReturnValue:
    """Open a requisition with its band, stages, attributes and bar."""
    session, template = db.session(), _template()
    stages = stage_templates.stage_terms(template) if template else rules.DEFAULT_STAGES
    form = RequisitionForm.new(_managers(), actor=guard.actor(), stages=stages)
    return handle_form(
        form,
        save=lambda: services.create(
            session,
            terms=form.terms(_with_exit_lists(form.stage_terms())),
            hiring_manager=accounts.by_email_or_refuse(session, form.hiring_manager.data or "", field="hiring_manager"),
            act=guard.act(),
        ),
        again=lambda: _page(form),
        home=lambda requisition: url_for("requisitions.board", requisition_ref=requisition.key),
        flash=lambda requisition: f"{requisition.key} is open. Add the first candidate.",
    )


@blueprint.form("/requisitions/<requisition_ref>/setup", Permission.REQUISITION_EDIT)
def setup(requisition: Requisition) -> ResponseReturnValue:
    """Change a requisition: words, weights, bar while it is not fixed, band with the right to see pay."""
    form = RequisitionForm.of(requisition, _managers(), pay=guard.actor().pay_view)

    def save() -> Requisition:
        check_form_unchanged(form, requisition, "requisition")
        changes: JsonObject = {**form.texts(), "bar": form.bar_value()}
        return services.change(
            db.session(),
            requisition=requisition,
            changes=changes,
            band=form.band_terms(),
            attributes=form.attribute_terms(),
            act=guard.act(),
        )

    return handle_form(
        form,
        save=save,
        again=lambda: _page(form, requisition=requisition),
        home=url_for("requisitions.setup", requisition_ref=requisition.key),
        flash="Saved.",
    )


@blueprint.act("/requisitions/<requisition_ref>/status", Permission.REQUISITION_EDIT)
def status(requisition: Requisition) -> ResponseReturnValue:
    """Hold a requisition, close it, open it again."""
    new_status = next((status for status in SETTABLE if status.value == request.form.get("status")), None)
    if new_status is None:
        raise RuleBroken.at("status", "Choose open, on hold or closed.")
    services.change(db.session(), requisition=requisition, changes={"status": new_status}, act=guard.act())
    home = url_for("requisitions.setup", requisition_ref=requisition.key)
    return redirect_with_flash(home, f"{requisition.key} {SETTABLE[new_status]}.")
