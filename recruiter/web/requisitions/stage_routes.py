"""The stages of a requisition that goes on, on one page with one form: whatever is pressed, what was typed is saved first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.pipeline import exit_checklist
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.exit_checklist import ExitItem
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions import rules, stage_setup, stage_templates
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.requisitions.area import blueprint

ADDED = (StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL)
STALE = "Somebody changed these stages since you read them. They stand below as they are now; what you typed is kept where the stage is still there."


@dataclass(frozen=True)
class StageRow:
    """One stage as the form shows it."""

    id: int
    name: str
    kind: str
    people: int
    exits: tuple[str, ...]
    first: bool
    last: bool
    removable: bool


@dataclass(frozen=True)
class StagesPage:
    """The stages of a requisition."""

    title: str
    requisition: Requisition
    rows: list[StageRow]
    seen: str
    items: list[tuple[str, str]]
    kinds: list[str]
    problem: str
    new_name: str
    new_kind: str
    template_name: str
    keeps_templates: bool
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]


def _typed_exits(stage: Stage) -> list[str] | None:
    """What was ticked for a stage; None where it is the usual for its kind."""
    ticked: list[str] = [one.value for one in ExitItem if one.value in request.form.getlist(f"exit-{stage.id}")]
    usual = [one.value for one in exit_checklist.USUAL[stage.kind]]
    return None if set(ticked) == set(usual) else ticked


def _row(requisition: Requisition, place: int, standing: dict[int, int]) -> StageRow:
    stages = requisition.stages
    one, kinds = stages[place], [stage.kind for stage in stages]
    typed = request.method == "POST" and f"name-{one.id}" in request.form
    chosen = _typed_exits(one) if typed else one.exit_list
    usual = [item.value for item in exit_checklist.USUAL[one.kind]]
    return StageRow(
        id=one.id,
        name=request.form[f"name-{one.id}"][:200] if typed else one.name,
        kind=one.kind.value,
        people=standing.get(one.id, 0),
        exits=tuple(usual if chosen is None else chosen),
        first=place == 0 or kinds[place - 1] != one.kind,
        last=place == len(stages) - 1 or kinds[place + 1] != one.kind,
        removable=one.kind in ADDED and (one.kind != StageKind.FINAL or kinds.count(StageKind.FINAL) > 1),
    )


def _page(requisition: Requisition, *, problem: str = "", status: int = 200) -> Any:
    session, given = db.session(), request.form
    standing = pipeline.standing_in(session, requisition)
    setup = url_for("requisitions.setup", requisition_ref=requisition.key)
    page = StagesPage(
        title=f"Stages of {requisition.title}",
        requisition=requisition,
        rows=[_row(requisition, place, standing) for place in range(len(requisition.stages))],
        seen=stage_setup.seen(requisition),
        items=[(one.value, words) for one, words in exit_checklist.WORDS.items()],
        kinds=[one.value for one in ADDED],
        problem=problem,
        new_name=given.get("new_name", "")[:200],
        new_kind=given.get("new_kind", StageKind.INTERVIEW.value),
        template_name=given.get("template_name", "")[:200],
        keeps_templates=permits.permits(session, actor=guard.actor(), permission=Permission.STAGE_TEMPLATE_EDIT),
        breadcrumbs=crumbs.of_requisition(requisition, ("Setup", setup), "Stages"),
        tabs=tabs.requisition_tabs(requisition, "setup"),
    )
    return render_template("requisitions/stages.html", page=page, has_errors=bool(problem)), status


def _stage(requisition: Requisition, number: str) -> Stage:
    found = next((one for one in requisition.stages if str(one.id) == number), None)
    if found is None:
        raise Conflict("This stage was removed meanwhile.")
    return found


def _add(requisition: Requisition) -> str:
    kind = request.form.get("new_kind", "")
    if kind not in {one.value for one in ADDED}:
        raise RuleBroken.at("stages", "Choose screen, interview or final.")
    name = request.form.get("new_name", "")
    made = stage_setup.add(
        db.session(), requisition=requisition, name=name, kind=StageKind(kind), actor=guard.actor(), now=guard.now()
    )
    return f"Stage {made.name} added."


def _keep(requisition: Requisition) -> str:
    """Keep these stages under a name, for other requisitions."""
    session = db.session()
    permits.require(session, actor=guard.actor(), permission=Permission.STAGE_TEMPLATE_EDIT)
    terms = [
        rules.StageTerms(one.name, one.kind, tuple(one.exit_list) if one.exit_list is not None else None)
        for one in requisition.stages
    ]
    name = request.form.get("template_name", "")
    made = stage_templates.save(session, name=name, stages=terms, actor=guard.actor(), now=guard.now())
    return f"Template {made.name} saved. It can be chosen when a requisition is opened."


def _act(requisition: Requisition) -> str:
    """Save what was typed, then do what was pressed."""
    session, who, now = db.session(), guard.actor(), guard.now()
    if request.form.get("seen") != stage_setup.seen(requisition):
        raise Conflict(STALE)
    typed = [one for one in requisition.stages if f"name-{one.id}" in request.form]
    names = {one.id: request.form[f"name-{one.id}"] for one in typed}
    exits = {one.id: _typed_exits(one) for one in typed}
    stage_setup.describe(session, requisition=requisition, names=names, exits=exits, actor=who, now=now)
    do, _, number = request.form.get("do", "save").partition(":")
    if do == "add":
        return _add(requisition)
    if do == "template":
        return _keep(requisition)
    if do in {"up", "down"}:
        stage = _stage(requisition, number)
        by = 1 if do == "down" else -1
        stage_setup.shift(session, requisition=requisition, stage=stage, by=by, actor=who, now=now)
        return f"{stage.name} moved {do}."
    if do == "remove":
        stage = _stage(requisition, number)
        stage_setup.hold(session, stage)
        standing = pipeline.standing_in(session, requisition).get(stage.id, 0)
        stage_setup.remove(session, requisition=requisition, stage=stage, standing=standing, actor=who, now=now)
        return f"Stage {stage.name} removed. What happened in it stays on record."
    return "Stages saved."


@blueprint.route("/requisitions/<requisition_ref>/setup/stages", methods=["GET", "POST"])
@guard.needs(Permission.REQUISITION_EDIT)
def stages(requisition: Requisition) -> Any:
    """Add, rename, reorder and remove stages; say what each asks for; keep the set for other requisitions."""
    if request.method == "GET":
        return _page(requisition)
    try:
        said = _act(requisition)
    except DomainError as error:
        db.session.rollback()
        return _page(requisition, problem=error.message, status=error.status)
    db.session.commit()
    return guard.go(url_for("requisitions.stages", requisition_ref=requisition.key), said=said)
