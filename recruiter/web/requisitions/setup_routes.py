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
from recruiter.web.pipeline.application.forms import lay
from recruiter.web.request import guard
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
    asked = request.values.get("template", "")
    try:
        return stage_templates.found(db.session(), text.number(asked) or 0) if asked else None
    except NotFound:
        if request.method == "POST":
            return None
        raise


def _managers() -> list[Any]:
    fitting = {Role.HIRING_MANAGER, Role.RECRUITER, Role.ADMIN}
    return [one for one in accounts.everybody(db.session()) if one.role in fitting and one.active]


def _page(
    form: forms.RequisitionForm, *, requisition: Requisition | None = None, problem: str = "", status: int = 200
) -> Any:
    opening: crumbs.Crumbs = [("Requisitions", url_for("requisitions.index")), ("Open a requisition", None)]
    page = SetupPage(
        title=requisition.title if requisition else "Open a requisition",
        form=form,
        requisition=requisition,
        problem=problem,
        pay=guard.actor().pay_view,
        statuses=[one.value for one in SETTABLE],
        breadcrumbs=crumbs.of_requisition(requisition, "Setup") if requisition else opening,
        tabs=tabs.requisition_tabs(requisition, "setup") if requisition else [],
        templates=stage_templates.listed(db.session()) if requisition is None else [],
        template=_template() if requisition is None else None,
    )
    return render_template("requisitions/setup.html", page=page, has_errors=bool(problem or form.errors)), status


def _with_exits(stages: list[rules.StageTerms]) -> list[rules.StageTerms]:
    """Stages that came from a template ask for what they ask for there."""
    template = _template()
    exits = {one.name: one.exit_list for one in stage_templates.terms_of(template)} if template else {}
    return [replace(one, exit_list=exits.get(one.name)) for one in stages]


def _faults(form: forms.RequisitionForm, *, new: bool) -> str:
    """Put everything that is wrong at its field, all at once; what belongs to no field comes back."""
    form.validate()
    checks: dict[str, Callable[[], None]] = {}
    if new:
        checks["openings"] = lambda: rules.check_openings(form.opening_count())
        checks["stages"] = lambda: _given(form.stage_terms(), rules.check_stages)
    checks["attributes"] = lambda: _given(form.attribute_terms(), rules.check_attributes)
    checks["bar"] = lambda: rules.check_bar(form.bar_value())
    if guard.actor().pay_view:
        checks["band_min"] = lambda: _given(form.band_terms(), rules.check_band)
    left = ""
    for name, check in checks.items():
        try:
            if not form[name].errors:
                check()
        except RuleBroken as error:
            left = lay(form, error.errors, error.message) or left
    return left


def _given(terms: Any, check: Callable[[Any], None]) -> None:
    """Check what was entered; nothing entered stands for the usual."""
    if terms:
        check(terms)


def _terms(form: forms.RequisitionForm) -> rules.Terms:
    return rules.Terms(
        title=(form.title.data or "").strip(),
        department=(form.department.data or "").strip(),
        location=(form.location.data or "").strip(),
        level=(form.level.data or "").strip(),
        openings=form.opening_count(),
        confidential=bool(form.confidential.data),
        bar=form.bar_value(),
        stages=_with_exits(form.stage_terms()),
        attributes=form.attribute_terms(),
        band=form.band_terms() if guard.actor().pay_view else None,
    )


@blueprint.route("/requisitions/new", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_CREATE)
def new() -> Any:
    """Open a requisition with its band, stages, attributes and bar."""
    session = db.session()
    template = _template()
    given = stage_templates.terms_of(template) if template else list(rules.DEFAULT_STAGES)
    form = forms.fresh(_managers(), actor=guard.actor(), stages=given)
    if not form.is_submitted():
        return _page(form)
    problem = _faults(form, new=True)
    if problem or any(field.errors for field in form):
        return _page(form, problem=problem, status=422)
    try:
        manager = accounts.named(session, form.hiring_manager.data or "", field="hiring_manager")
        made = services.create(
            session, terms=_terms(form), hiring_manager=manager, actor=guard.actor(), now=guard.now()
        )
    except DomainError as error:
        session.rollback()
        return _page(form, problem=lay(form, error.errors, error.message), status=error.status)
    session.commit()
    return guard.go(
        url_for("requisitions.board", requisition_ref=made.key), said=f"{made.key} is open. Add the first candidate."
    )


@blueprint.route("/requisitions/<requisition_ref>/setup", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_EDIT)
def setup(requisition: Requisition) -> Any:
    """Change a requisition: words, weights, bar while it is not fixed, band with the right to see pay."""
    session, actor = db.session(), guard.actor()
    form = forms.written(requisition, _managers(), pay=actor.pay_view)
    if not form.is_submitted():
        return _page(form, requisition=requisition)
    problem = _faults(form, new=False)
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
            actor=actor,
            now=guard.now(),
        )
    except DomainError as error:
        session.rollback()
        form.version.data = str(requisition.version)
        return _page(form, requisition=requisition, problem=lay(form, error.errors, error.message), status=error.status)
    session.commit()
    return guard.go(url_for("requisitions.setup", requisition_ref=requisition.key), said="Saved.")


@blueprint.post("/requisitions/<requisition_ref>/status")
@guard.needs(Permission.REQUISITION_EDIT)
def status(requisition: Requisition) -> Any:
    """Hold a requisition, close it, open it again."""
    wanted = request.form.get("status", "")
    if wanted not in {one.value for one in SETTABLE}:
        raise RuleBroken.at("status", "Choose open, on hold or closed.")
    services.change(
        db.session(),
        requisition=requisition,
        changes={"status": RequisitionStatus(wanted)},
        actor=guard.actor(),
        now=guard.now(),
    )
    db.session.commit()
    words = {"open": "is open", "on_hold": "is on hold", "closed": "is closed"}[wanted]
    return guard.go(url_for("requisitions.setup", requisition_ref=requisition.key), said=f"{requisition.key} {words}.")
