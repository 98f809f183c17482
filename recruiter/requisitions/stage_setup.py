"""The stages of a requisition that goes on: added, renamed, put in another order, removed once nobody stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.requisitions import rules
from recruiter.requisitions.models import Requisition, Stage, StageKind

LONGEST_NAME = 60


def seen(requisition: Requisition) -> str:
    """What a reader saw of the stages, as one line: a form that was read before a change is known by it."""
    return "|".join(f"{one.id}:{one.name}:{','.join(one.exit_list or ['-'])}" for one in requisition.stages)


def _check(stages: Sequence[Stage]) -> None:
    rules.check_stages([rules.StageTerms(one.name, one.kind) for one in stages])
    order = [rules.ORDER.index(one.kind) for one in stages]
    if order != sorted(order):
        raise RuleBroken.at("stages", "Stages follow their kinds: applied, screen, interview, final, offer, hired.")


def _number(stages: Sequence[Stage]) -> None:
    for place, one in enumerate(stages):
        one.position = place


def _named(name: str) -> str:
    said = text.clean(name)
    if not said or len(said) > LONGEST_NAME:
        raise RuleBroken.at("stages", f"Give each stage a name of its own, of at most {LONGEST_NAME} characters.")
    return said


def _told(session: Session, requisition: Requisition, *, did: str, actor: User, now: dt.datetime) -> None:
    session.flush()
    session.expire(requisition, ["stages"])
    audit.record(session, action="requisition.stages_changed", subject=requisition, actor_id=actor.id, at=now, did=did)


def _removed(session: Session, requisition: Requisition) -> Sequence[Stage]:
    gone = select(Stage).where(Stage.requisition_id == requisition.id, Stage.removed_at.is_not(None))
    return session.scalars(gone).all()


def describe(
    session: Session,
    *,
    requisition: Requisition,
    names: dict[int, str],
    exits: dict[int, list[str] | None],
    actor: User,
    now: dt.datetime,
) -> bool:
    """Rename stages and set what each asks for before somebody leaves it. Answers whether anything changed."""
    stages = requisition.stages
    wanted = {one.id: (_named(names.get(one.id, one.name)), exits.get(one.id, one.exit_list)) for one in stages}
    if all(wanted[one.id] == (one.name, one.exit_list) for one in stages):
        return False
    rules.check_stages([rules.StageTerms(wanted[one.id][0], one.kind) for one in stages])
    taken = {text.folded(one.name) for one in _removed(session, requisition)}
    again = next((name for name, _ in wanted.values() if text.folded(name) in taken), None)
    if again is not None:
        raise Conflict(f"A stage {again} was removed from this requisition. Add it again, or choose another name.")
    for one in stages:
        one.name = f"~{one.id}"  # two stages may swap their names
    session.flush()
    for one in stages:
        one.name, one.exit_list = wanted[one.id]
    _told(session, requisition, did="described", actor=actor, now=now)
    return True


def add(
    session: Session, *, requisition: Requisition, name: str, kind: StageKind, actor: User, now: dt.datetime
) -> Stage:
    """Add a stage behind the others of its kind. A removed one of the same name and kind comes back with its history."""
    said, stages = _named(name), list(requisition.stages)
    stage = next((one for one in _removed(session, requisition) if text.folded(one.name) == text.folded(said)), None)
    if stage is not None and stage.kind != kind:
        raise Conflict(f"There was a stage {stage.name} of kind {stage.kind.value}. Give this one another name.")
    if stage is None:
        stage = Stage(requisition_id=requisition.id, name=said, kind=kind)
    place = sum(1 for one in stages if rules.ORDER.index(one.kind) <= rules.ORDER.index(kind))
    stages.insert(place, stage)
    _check(stages)
    stage.name, stage.removed_at = said, None
    _number(stages)
    session.add(stage)
    _told(session, requisition, did="added", actor=actor, now=now)
    return stage


def shift(session: Session, *, requisition: Requisition, stage: Stage, by: int, actor: User, now: dt.datetime) -> None:
    """Move a stage one place on (1) or back (-1), among those of its kind."""
    stages = list(requisition.stages)
    at = stages.index(stage)
    if not 0 <= at + by < len(stages) or stages[at + by].kind != stage.kind:
        raise RuleBroken.at("stages", f"{stage.name} stands at the end of the stages of its kind already.")
    stages[at], stages[at + by] = stages[at + by], stages[at]
    _number(stages)
    _told(session, requisition, did="reordered", actor=actor, now=now)


def hold(session: Session, stage: Stage) -> None:
    """Let nobody be put into a stage until this transaction ends: asked before those who stand there are counted."""
    session.execute(select(Stage.id).where(Stage.id == stage.id).with_for_update())


def remove(
    session: Session, *, requisition: Requisition, stage: Stage, standing: int, actor: User, now: dt.datetime
) -> None:
    """Remove a stage in which nobody stands; the history that names it stays. `standing` is how many do (Conflict)."""
    if standing:
        people = "1 person stands" if standing == 1 else f"{standing} people stand"
        raise Conflict(f"{people} in {stage.name}. Move them to another stage, then remove it.")
    left = [one for one in requisition.stages if one.id != stage.id]
    _check(left)
    stage.removed_at = now
    _number(left)
    _told(session, requisition, did="removed", actor=actor, now=now)
