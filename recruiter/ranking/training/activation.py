"""A fit is made to carry suggestions, or taken off again; one at most carries them."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.ranking import rules
from recruiter.ranking.models import Activation, ModelRun
from recruiter.ranking.training import gates


def make_active(session: Session, *, run: ModelRun, act: Moment, reason: str) -> Activation:
    """Let a fit carry suggestions; callers have looked at its gates. What was not looked at is noted with who let it."""
    session.execute(update(ModelRun).where(ModelRun.active, ModelRun.id != run.id).values(active=False))
    run.active = True
    return _record_activation(session, run=run, act=act, reason=reason)


def activate(
    session: Session, *, run: ModelRun, act: Act, reason: str = "", fairness_noted: bool = False
) -> Activation:
    """Let a fit carry suggestions by hand.

    Raises Conflict where it does already or a gate stops it, RuleBroken where its fairness was not looked at and
    nobody takes note of that.
    """
    if run.active:
        raise Conflict("This fit carries suggestions already.")
    if blocking := rules.blocking_gates(gates.gates_of(run)):
        raise Conflict(f"This fit may not carry suggestions. {blocking[0].sentence}")
    if not run.figures.get("gates"):
        raise Conflict("This fit was made before its gates were kept. Fit the model again.")
    if not fairness_noted and run.fairness_seen_at is None:
        raise RuleBroken.at("fairness_noted", "Take note that the fairness of this fit was not looked at.")
    return make_active(session, run=run, act=act, reason=text.clean(reason) or "Activated by hand")


def deactivate(session: Session, *, run: ModelRun, act: Act, reason: str) -> Activation:
    """Take a fit off: the declared weights rank until another is made to. Raises Conflict where it carries none."""
    if not run.active:
        raise Conflict("This fit carries no suggestions.")
    cleaned_reason = text.clean(reason)
    if not cleaned_reason:
        raise RuleBroken.at("reason", "Say why.")
    run.active = False
    return _record_activation(session, run=run, act=act, reason=cleaned_reason)


def _record_activation(session: Session, *, run: ModelRun, act: Moment, reason: str) -> Activation:
    """Keep that a fit carries suggestions from now on, or does not any more, and what was known of its fairness."""
    on, known = run.active, gates.LOOKED_AT if run.fairness_seen_at else gates.NOTED
    fairness = known if on else ""
    activation = Activation(run_id=run.id, on=on, by_id=act.actor_id, at=act.now, reason=reason, fairness=fairness)
    session.add(activation)
    session.flush()
    session.expire(run, ["activations"])
    action = AuditAction.MODEL_ACTIVATED if on else AuditAction.MODEL_DEACTIVATED
    audit.record(session, action=action, subject=run, act=act, fairness=fairness)
    return activation
