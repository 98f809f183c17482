"""The stages of a requisition that goes on, on one page with one form: whatever is pressed, what was typed is saved first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline import exit_checklist
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.exit_checklist import ExitItem
from recruiter.policy.permissions import Permission
from recruiter.requisitions import stage_setup, stage_templates
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard
from recruiter.web.request.conflicts import changed_sentence
from recruiter.web.request.form_handling import handle_form
from recruiter.web.requisitions.area import blueprint

ADDED = (StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL)


@dataclass(frozen=True)
class StageRow:
    """One stage as the form shows it."""

    id: int
    name: str
    kind: str
    people: int
    exits: list[str]
    first: bool
    last: bool
    removable: bool


def _usual_exits(stage: Stage) -> list[str]:
    return [item.value for item in exit_checklist.USUAL[stage.kind]]


def _typed_exits(stage: Stage) -> list[str] | None:
    """What was ticked for a stage; None where it is the usual for its kind."""
    ticked: list[str] = [item.value for item in ExitItem if item.value in request.form.getlist(f"exit-{stage.id}")]
    return None if set(ticked) == set(_usual_exits(stage)) else ticked


def _row(requisition: Requisition, index: int, stage_counts: dict[int, int]) -> StageRow:
    stages = requisition.stages
    stage, kinds = stages[index], [stage.kind for stage in stages]
    typed = request.method == "POST" and f"name-{stage.id}" in request.form
    chosen = _typed_exits(stage) if typed else stage.exit_list
    return StageRow(
        id=stage.id,
        name=request.form[f"name-{stage.id}"][:200] if typed else stage.name,
        kind=stage.kind.value,
        people=stage_counts.get(stage.id, 0),
        exits=_usual_exits(stage) if chosen is None else chosen,
        first=index == 0 or kinds[index - 1] != stage.kind,
        last=index == len(stages) - 1 or kinds[index + 1] != stage.kind,
        removable=stage.kind in ADDED and (stage.kind != StageKind.FINAL or kinds.count(StageKind.FINAL) > 1),
    )


def _page(requisition: Requisition, form: FlaskForm) -> str:
    submitted, stage_counts = request.form, pipeline.stage_counts(db.session(), requisition)
    setup = url_for("requisitions.setup", requisition_ref=requisition.key)
    way = breadcrumbs.of_requisition(requisition, ("Setup", setup), "Stages")
    return FormPage(f"Stages of {requisition.title}", way, form).rendered(
        "requisitions/stages.html",
        requisition=requisition,
        rows=[_row(requisition, index, stage_counts) for index in range(len(requisition.stages))],
        fingerprint=stage_setup.fingerprint(requisition),
        items=[(item.value, label) for item, label in exit_checklist.LABELS.items()],
        kinds=[kind.value for kind in ADDED],
        new_name=submitted.get("new_name", "")[:200],
        new_kind=submitted.get("new_kind", StageKind.INTERVIEW.value),
        template_name=submitted.get("template_name", "")[:200],
        keeps_templates=guard.may(Permission.STAGE_TEMPLATE_EDIT),
        tabs=tabs.requisition_tabs(requisition, "setup"),
    )


def _stage(requisition: Requisition, stage_id: str) -> Stage:
    stage = next((stage for stage in requisition.stages if str(stage.id) == stage_id), None)
    if stage is None:
        raise Conflict("This stage was removed meanwhile.")
    return stage


def _add_stage(requisition: Requisition) -> str:
    kind, name = request.form.get("new_kind", ""), request.form.get("new_name", "")
    if kind not in {added_kind.value for added_kind in ADDED}:
        raise RuleBroken.at("stages", "Choose screen, interview or final.")
    stage = stage_setup.add(db.session(), requisition=requisition, name=name, kind=StageKind(kind), act=guard.act())
    return f"Stage {stage.name} added."


def _save_template(requisition: Requisition) -> str:
    """Keep these stages under a name, for other requisitions."""
    guard.require(Permission.STAGE_TEMPLATE_EDIT)
    name, terms = request.form.get("template_name", ""), stage_templates.terms_of(requisition.stages)
    template = stage_templates.save(db.session(), name=name, stages=terms, act=guard.act())
    return f"Template {template.name} saved. It can be chosen when a requisition is opened."


def _apply_form(requisition: Requisition) -> str:
    """Save what was typed, then do what was pressed."""
    session, act = db.session(), guard.act()
    if request.form.get("seen") != stage_setup.fingerprint(requisition):
        raise Conflict(changed_sentence(requisition, "requisition"))
    submitted_stages = [stage for stage in requisition.stages if f"name-{stage.id}" in request.form]
    names = {stage.id: request.form[f"name-{stage.id}"] for stage in submitted_stages}
    exit_lists = {stage.id: _typed_exits(stage) for stage in submitted_stages}
    stage_setup.update_stages(session, requisition=requisition, names=names, exit_lists=exit_lists, act=act)
    do, _, number = request.form.get("do", "save").partition(":")
    if do == "add":
        return _add_stage(requisition)
    if do == "template":
        return _save_template(requisition)
    if do in {"up", "down"}:
        stage = _stage(requisition, number)
        stage_setup.shift(session, requisition=requisition, stage=stage, offset=1 if do == "down" else -1, act=act)
        return f"{stage.name} moved {do}."
    if do == "remove":
        stage = _stage(requisition, number)
        stage_setup.lock_stage(session, stage)
        occupants = pipeline.stage_counts(session, requisition).get(stage.id, 0)
        stage_setup.remove(session, requisition=requisition, stage=stage, occupants=occupants, act=act)
        return f"Stage {stage.name} removed. What happened in it stays on record."
    return "Stages saved."


@blueprint.form("/requisitions/<requisition_ref>/setup/stages", Permission.REQUISITION_EDIT)
def stages(requisition: Requisition) -> ResponseReturnValue:
    """Add, rename, reorder and remove stages; say what each asks for; keep the set for other requisitions."""
    form = FlaskForm()
    return handle_form(
        form,
        save=lambda: _apply_form(requisition),
        again=lambda: _page(requisition, form),
        home=url_for("requisitions.stages", requisition_ref=requisition.key),
        flash=lambda message: message,
    )
