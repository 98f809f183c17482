"""Opening a requisition, and changing one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role
from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError, NotFound, RuleBroken
from recruiter.policy.permissions import Permission
from recruiter.requisitions import rules, services, stage_templates
from recruiter.requisitions.models import Requisition, RequisitionStatus, StageTemplate
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.pipeline.application.forms import apply_errors
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash
from recruiter.web.requisitions import forms
from recruiter.web.requisitions.area import blueprint

STALE = "Somebody changed this requisition since you read it. What you typed stands below; look at the board, then save again."
SETTABLE = [RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD, RequisitionStatus.CLOSED]


@dataclass(frozen=True)
class SetupPage:
    """The form about a requisition."""

    title: str
    form: forms.RequisitionForm
    requisition: Requisition | None
    problem: str
    pay: bool
    statuses: list[str]
    breadcrumbs: crumbs.Crumbs
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


def _managers() -> list[Any]:
    roles = {Role.HIRING_MANAGER, Role.RECRUITER, Role.ADMIN}
    return [user for user in accounts.everybody(db.session()) if user.role in roles and user.active]


def _page(
    form: forms.RequisitionForm, *, requisition: Requisition | None = None, problem: str = "", status: int = 200
) -> Any:
    new_breadcrumbs: crumbs.Crumbs = [("Requisitions", url_for("requisitions.index")), ("Open a requisition", None)]
    page = SetupPage(
        title=requisition.title if requisition else "Open a requisition",
        form=form,
        requisition=requisition,
        problem=problem,
        pay=guard.actor().pay_view,
        statuses=[status.value for status in SETTABLE],
        breadcrumbs=crumbs.of_requisition(requisition, "Setup") if requisition else new_breadcrumbs,
        tabs=tabs.requisition_tabs(requisition, "setup") if requisition else [],
        templates=stage_templates.all_templates(db.session()) if requisition is None else [],
        template=_template() if requisition is None else None,
    )
    return render_template("requisitions/setup.html", page=page, has_errors=bool(problem or form.errors)), status


def _with_exit_lists(stages: list[rules.StageTerms]) -> list[rules.StageTerms]:
    """Stages that came from a template ask for what they ask for there."""
    template = _template()
    exit_lists = {stage.name: stage.exit_list for stage in stage_templates.stage_terms(template)} if template else {}
    return [replace(stage, exit_list=exit_lists.get(stage.name)) for stage in stages]


def _errors_of(form: forms.RequisitionForm, *, new: bool) -> str:
    """Put everything that is wrong at its field, all at once; what belongs to no field comes back."""
    form.validate()
    checks: dict[str, Callable[[], None]] = {}
    if new:
        checks["openings"] = lambda: rules.check_openings(form.opening_count())
        checks["stages"] = lambda: _check_given(form.stage_terms(), rules.check_stages)
    checks["attributes"] = lambda: _check_given(form.attribute_terms(), rules.check_attributes)
    checks["bar"] = lambda: rules.check_bar(form.bar_value())
    if guard.actor().pay_view:
        checks["band_min"] = lambda: _check_given(form.band_terms(), rules.check_band)
    general_error = ""
    for name, check in checks.items():
        try:
            if not form[name].errors:
                check()
        except RuleBroken as error:
            general_error = apply_errors(form, error.errors, error.message) or general_error
    return general_error


def _check_given(terms: Any, check: Callable[[Any], None]) -> None:
    """Check what was entered; nothing entered stands for the usual."""
    if terms:
        check(terms)


def _terms(form: forms.RequisitionForm) -> rules.RequisitionTerms:
    return rules.RequisitionTerms(
        title=(form.title.data or "").strip(),
        department=(form.department.data or "").strip(),
        location=(form.location.data or "").strip(),
        level=(form.level.data or "").strip(),
        openings=form.opening_count(),
        confidential=bool(form.confidential.data),
        bar=form.bar_value(),
        stages=_with_exit_lists(form.stage_terms()),
        attributes=form.attribute_terms(),
        band=form.band_terms() if guard.actor().pay_view else None,
    )


@blueprint.route("/requisitions/new", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_CREATE)
def new() -> Any:
    """Open a requisition with its band, stages, attributes and bar."""
    session = db.session()
    template = _template()
    stages = stage_templates.stage_terms(template) if template else list(rules.DEFAULT_STAGES)
    form = forms.new_form(_managers(), actor=guard.actor(), stages=stages)
    if not form.is_submitted():
        return _page(form)
    problem = _errors_of(form, new=True)
    if problem or any(field.errors for field in form):
        return _page(form, problem=problem, status=422)
    try:
        manager = accounts.by_email_or_refuse(session, form.hiring_manager.data or "", field="hiring_manager")
        requisition = services.create(session, terms=_terms(form), hiring_manager=manager, act=guard.act())
    except DomainError as error:
        session.rollback()
        return _page(form, problem=apply_errors(form, error.errors, error.message), status=error.status)
    session.commit()
    return redirect_with_flash(
        url_for("requisitions.board", requisition_ref=requisition.key),
        message=f"{requisition.key} is open. Add the first candidate.",
    )


@blueprint.route("/requisitions/<requisition_ref>/setup", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_EDIT)
def setup(requisition: Requisition) -> Any:
    """Change a requisition: words, weights, bar while it is not fixed, band with the right to see pay."""
    session, actor = db.session(), guard.actor()
    form = forms.form_of(requisition, _managers(), pay=actor.pay_view)
    if not form.is_submitted():
        return _page(form, requisition=requisition)
    problem = _errors_of(form, new=False)
    if problem or any(field.errors for field in form):
        return _page(form, requisition=requisition, problem=problem, status=422)
    try:
        if form.version.data != str(requisition.version):
            raise Conflict(STALE)
        changes: dict[str, Any] = {
            "title": (form.title.data or "").strip(),
            "department": (form.department.data or "").strip(),
            "location": (form.location.data or "").strip(),
            "level": (form.level.data or "").strip(),
            "bar": form.bar_value(),
        }
        services.change(
            session,
            requisition=requisition,
            changes=changes,
            band=form.band_terms() if actor.pay_view else None,
            attributes=form.attribute_terms(),
            act=guard.act(),
        )
    except DomainError as error:
        session.rollback()
        form.version.data = str(requisition.version)
        return _page(
            form, requisition=requisition, problem=apply_errors(form, error.errors, error.message), status=error.status
        )
    session.commit()
    return redirect_with_flash(url_for("requisitions.setup", requisition_ref=requisition.key), message="Saved.")


@blueprint.post("/requisitions/<requisition_ref>/status")
@guard.needs(Permission.REQUISITION_EDIT)
def status(requisition: Requisition) -> Any:
    """Hold a requisition, close it, open it again."""
    new_status = request.form.get("status", "")
    if new_status not in {status.value for status in SETTABLE}:
        raise RuleBroken.at("status", "Choose open, on hold or closed.")
    services.change(
        db.session(),
        requisition=requisition,
        changes={"status": RequisitionStatus(new_status)},
        act=guard.act(),
    )
    db.session.commit()
    status_text = {"open": "is open", "on_hold": "is on hold", "closed": "is closed"}[new_status]
    return redirect_with_flash(
        url_for("requisitions.setup", requisition_ref=requisition.key), message=f"{requisition.key} {status_text}."
    )
