"""The stages of a requisition that goes on: added, renamed, put in another order, removed once nobody stands there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.requisitions import rules
from recruiter.requisitions.models import Requisition, Stage, StageKind

LONGEST_NAME = 60


def fingerprint(requisition: Requisition) -> str:
    """What a reader saw of the stages, as one line: a form that was read before a change is known by it."""
    return "|".join(f"{stage.id}:{stage.name}:{','.join(stage.exit_list or ['-'])}" for stage in requisition.stages)


def _check(stages: Sequence[Stage]) -> None:
    rules.check_stages([rules.StageTerms(stage.name, stage.kind) for stage in stages])
    order = [rules.KIND_ORDER.index(stage.kind) for stage in stages]
    if order != sorted(order):
        raise RuleBroken.at("stages", "Stages follow their kinds: applied, screen, interview, final, offer, hired.")


def _renumber(stages: Sequence[Stage]) -> None:
    for position, stage in enumerate(stages):
        stage.position = position


def _clean_name(name: str) -> str:
    cleaned_name = text.one_line(name)
    if not cleaned_name or len(cleaned_name) > LONGEST_NAME:
        raise RuleBroken.at("stages", f"Give each stage a name of its own, of at most {LONGEST_NAME} characters.")
    return cleaned_name


def _record_change(session: Session, requisition: Requisition, *, kind: str, act: Act) -> None:
    session.flush()
    session.expire(requisition, ["stages"])
    audit.record(session, action=AuditAction.REQUISITION_STAGES_CHANGED, subject=requisition, act=act, did=kind)


def _removed_stages(session: Session, requisition: Requisition) -> dict[str, Stage]:
    """The stages that were removed, by their folded names."""
    query = select(Stage).where(Stage.requisition_id == requisition.id, Stage.removed_at.is_not(None))
    return {text.folded(stage.name): stage for stage in session.scalars(query)}


ExitLists = dict[int, list[str] | None]


def update_stages(
    session: Session, *, requisition: Requisition, names: dict[int, str], exit_lists: ExitLists, act: Act
) -> bool:
    """Rename stages and set what each asks for before somebody leaves it. Answers whether anything changed."""
    stages = requisition.stages
    new_names = [_clean_name(names.get(stage.id, stage.name)) for stage in stages]
    new_lists = [exit_lists.get(stage.id, stage.exit_list) for stage in stages]
    if (new_names, new_lists) == ([stage.name for stage in stages], [stage.exit_list for stage in stages]):
        return False
    rules.check_stages([rules.StageTerms(name, stage.kind) for name, stage in zip(new_names, stages, strict=True)])
    removed = _removed_stages(session, requisition)
    clash = next((name for name in new_names if text.folded(name) in removed), None)
    if clash is not None:
        raise Conflict(f"A stage {clash} was removed from this requisition. Add it again, or choose another name.")
    for stage in stages:
        stage.name = f"~{stage.id}"  # two stages may swap their names
    session.flush()
    for stage, name, exit_list in zip(stages, new_names, new_lists, strict=True):
        stage.name, stage.exit_list = name, exit_list
    _record_change(session, requisition, kind="described", act=act)
    return True


def add(session: Session, *, requisition: Requisition, name: str, kind: StageKind, act: Act) -> Stage:
    """Add a stage behind the others of its kind. A removed one of the same name and kind comes back with its history."""
    stage_name, stages = _clean_name(name), list(requisition.stages)
    stage = _removed_stages(session, requisition).get(text.folded(stage_name))
    if stage is not None and stage.kind != kind:
        raise Conflict(f"There was a stage {stage.name} of kind {stage.kind.value}. Give this one another name.")
    if stage is None:
        stage = Stage(requisition_id=requisition.id, name=stage_name, kind=kind)
    position = sum(1 for other in stages if rules.KIND_ORDER.index(other.kind) <= rules.KIND_ORDER.index(kind))
    stages.insert(position, stage)
    _check(stages)
    stage.name, stage.removed_at = stage_name, None
    _renumber(stages)
    session.add(stage)
    _record_change(session, requisition, kind="added", act=act)
    return stage


def shift(session: Session, *, requisition: Requisition, stage: Stage, offset: int, act: Act) -> None:
    """Move a stage one place on (1) or back (-1), among those of its kind."""
    stages = list(requisition.stages)
    index = stages.index(stage)
    if not 0 <= index + offset < len(stages) or stages[index + offset].kind != stage.kind:
        raise RuleBroken.at("stages", f"{stage.name} stands at the end of the stages of its kind already.")
    stages[index], stages[index + offset] = stages[index + offset], stages[index]
    _renumber(stages)
    _record_change(session, requisition, kind="reordered", act=act)


def lock_stage(session: Session, stage: Stage) -> None:
    """Let nobody be put into a stage until this transaction ends: asked before those who stand there are counted."""
    session.execute(select(Stage.id).where(Stage.id == stage.id).with_for_update())


def remove(session: Session, *, requisition: Requisition, stage: Stage, occupants: int, act: Act) -> None:
    """Remove a stage in which nobody stands; the history that names it stays. `occupants` is how many do (Conflict)."""
    if occupants:
        people = "1 person stands" if occupants == 1 else f"{occupants} people stand"
        raise Conflict(f"{people} in {stage.name}. Move them to another stage, then remove it.")
    remaining = [other for other in requisition.stages if other.id != stage.id]
    _check(remaining)
    stage.removed_at = act.now
    _renumber(remaining)
    _record_change(session, requisition, kind="removed", act=act)
