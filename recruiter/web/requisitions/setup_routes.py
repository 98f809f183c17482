"""Opening a requisition, and changing one."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline import queries as pipeline
from recruiter.policy.permissions import Permission
from recruiter.requisitions import rules, services, stage_templates
from recruiter.requisitions.models import Requisition, RequisitionStatus, StageTemplate
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.redirects import LinkedMessage, redirect_with_flash
from recruiter.web.requisitions.area import blueprint
from recruiter.web.requisitions.forms import RequisitionForm

# what a status is set with, and what has become of the requisition then
SETTABLE = {
    RequisitionStatus.OPEN: ("Open it again", "is open"),
    RequisitionStatus.ON_HOLD: ("Put on hold", "is on hold"),
    RequisitionStatus.CLOSED: ("Close it", "is closed"),
}


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
    return [user for user in accounts.everybody(db.session()) if user.is_staff and user.active]


def _page(form: RequisitionForm, *, requisition: Requisition | None = None) -> str:
    templates, statuses, own_tabs = [], [], []
    if requisition is None:
        title, templates = "Open a requisition", stage_templates.all_templates(db.session())
        way: breadcrumbs.Crumbs = [("Requisitions", url_for("requisitions.index")), (title, None)]
    else:
        title, way = requisition.title, breadcrumbs.of_requisition(requisition, "Setup")
        statuses = [(status.value, label) for status, (label, _) in SETTABLE.items() if status != requisition.status]
        own_tabs = tabs.requisition_tabs(requisition, "setup")
    return FormPage(title, way, form).rendered(
        "requisitions/setup.html",
        requisition=requisition,
        pay=guard.actor().pay_view,
        statuses=statuses,
        tabs=own_tabs,
        templates=templates,
        template=None if requisition else _template(),
    )


@blueprint.form("/requisitions/new", Permission.REQUISITION_CREATE)
def new() -> ResponseReturnValue:
    """Open a requisition with its band, stages, attributes and bar."""
    session, template = db.session(), _template()
    stages = stage_templates.stage_terms(template) if template else rules.DEFAULT_STAGES
    form = RequisitionForm.new(_managers(), actor=guard.actor(), stages=stages)

    def save() -> Requisition:
        terms = form.terms(stage_templates.with_exit_lists(form.stage_terms(), template))
        manager = accounts.by_email_or_refuse(session, form.hiring_manager.data or "", field="hiring_manager")
        return services.create(session, terms=terms, hiring_manager=manager, act=guard.act())

    return handle_form(
        form,
        save=save,
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
        band, attributes = form.band_terms(), form.attribute_terms()
        return services.change(
            db.session(), requisition=requisition, changes=changes, band=band, attributes=attributes, act=guard.act()
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
    done = f"{requisition.key} {SETTABLE[new_status][1]}."
    if new_status != RequisitionStatus.CLOSED:
        return redirect_with_flash(home, done)
    active = pipeline.active_counts(db.session(), [requisition.id]).get(requisition.id, 0)
    if not active:
        return redirect_with_flash(home, done)
    verb = "application is" if active == 1 else "applications are"
    text = f"{done} {active:,} {verb} still open: nobody was told. Close them with a reason and write to them."
    board = url_for("requisitions.board", requisition_ref=requisition.key, view="table")
    return redirect_with_flash(home, LinkedMessage(text, "Show them", board))
