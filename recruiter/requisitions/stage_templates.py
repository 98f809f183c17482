"""Sets of stages that are kept under a name, for requisitions of one kind of role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.requisitions import rules
from recruiter.requisitions.models import Stage, StageKind, StageTemplate

LONGEST_NAME = 80


def all_templates(session: Session) -> list[StageTemplate]:
    """Every template, by name."""
    return list(session.scalars(select(StageTemplate).order_by(StageTemplate.name_key)))


def by_id(session: Session, template_id: int) -> StageTemplate:
    """The template with this number. Raises NotFound."""
    template = session.get(StageTemplate, template_id) if 0 < template_id < 2**31 else None
    if template is None:
        raise NotFound
    return template


def terms_of(stages: Sequence[Stage]) -> list[rules.StageTerms]:
    """The stages of a requisition, as another is opened with them."""
    return [rules.StageTerms(stage.name, stage.kind, stage.exit_list) for stage in stages]


def stage_terms(template: StageTemplate) -> list[rules.StageTerms]:
    """The stages of a template, as a requisition is opened with them."""
    return [rules.StageTerms(stage["name"], StageKind(stage["kind"]), stage.get("exit")) for stage in template.stages]


def with_exit_lists(stages: Sequence[rules.StageTerms], template: StageTemplate | None) -> list[rules.StageTerms]:
    """Stages as written, where those of a template ask for what they ask for there."""
    exit_lists = {stage.name: stage.exit_list for stage in stage_terms(template)} if template else {}
    return [replace(stage, exit_list=exit_lists.get(stage.name)) for stage in stages]


def save(
    session: Session, *, name: str, stages: Sequence[rules.StageTerms], act: Act, template: StageTemplate | None = None
) -> StageTemplate:
    """Keep a set of stages under a name, or change the one that is given.

    Raises RuleBroken at the field, Conflict where another has the name.
    """
    template_name, key = text.one_line(name), text.folded(name)
    if not template_name or len(template_name) > LONGEST_NAME:
        raise RuleBroken.at("name", f"Give the template a name of at most {LONGEST_NAME} characters, like Engineering.")
    if not stages:
        raise RuleBroken.at("stages", "Give the stages, one a line.")
    stages = rules.cleaned_stages(stages)
    rules.check_stages(stages)
    namesake = session.scalars(select(StageTemplate).where(StageTemplate.name_key == key)).first()
    if namesake is not None and namesake is not template:
        errors = {"name": [f"{namesake.name} is the name of another."]}
        raise Conflict("There is a template of this name.", errors=errors)
    stage_rows = [{"name": stage.name, "kind": stage.kind.value, "exit": stage.exit_list} for stage in stages]
    action = AuditAction.STAGE_TEMPLATE_CHANGED if template else AuditAction.STAGE_TEMPLATE_SAVED
    if template is None:
        template = StageTemplate(created_by_id=act.actor.id, created_at=act.now)
        session.add(template)
    template.name, template.name_key, template.stages = template_name, key, stage_rows
    audit.record(session, action=action, subject=template, act=act, stages=len(stage_rows))
    return template


def remove(session: Session, *, template: StageTemplate, act: Act) -> None:
    """Let go of a template; requisitions that were opened with it keep their stages."""
    audit.record(session, action=AuditAction.STAGE_TEMPLATE_REMOVED, subject=template, act=act)
    session.delete(template)
    session.flush()
