"""Making an audit and keeping what it saw."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation.act import Act, Moment
from recruiter.learning.fairness.types import Audit
from recruiter.ranking import queries
from recruiter.ranking import services as ranking
from recruiter.ranking.bias_audit import audit_data
from recruiter.ranking.bias_audit.models import AuditRun

KIND = "model.audit"


@dataclass(frozen=True)
class Prepared:
    """What an audit reads: nothing in it needs the database any more, so that no transaction is held while it is judged."""

    data: audit_data.AuditData
    model_name: str | None = None
    fitted_at: dt.datetime | None = None
    artefact: str | None = None


def prepare(session: Session, *, moment: Moment, further: audit_data.ExtraOutcomes | None = None) -> Prepared:
    """Read decisions, answers and the model that carries suggestions. Decisions that have become due are recorded first."""
    ranking.record_due(session, moment=moment)
    data, model = audit_data.collect(session, further=further), queries.active_run(session)
    return Prepared(data, model.name, model.fitted_at, model.artefact) if model else Prepared(data)


def judge(prepared: Prepared, *, seed: int = 0, progress: Callable[[str], None] | None = None) -> Audit:
    """The figures: do groups of people come through alike, in past decisions and under the model? Takes seconds to minutes."""
    from recruiter.learning.fairness.audit import audit_slates  # scikit-learn, which only an audit needs

    data = prepared.data
    return audit_slates(
        data.slates,
        data.answers,
        model=json.loads(prepared.artefact) if prepared.artefact else None,
        carried_by=prepared.model_name or "scorecard weights",
        steps=data.steps,
        slate_of=data.slate_of,
        person_of=data.person_of,
        withdrawn=data.withdrawn,
        seed=seed,
        progress=progress,
    )


def save(session: Session, *, prepared: Prepared, result: Audit, act: Moment) -> AuditRun:
    """Keep what an audit saw, and that the model it saw was looked at."""
    from recruiter.learning.fairness.audit import as_dict

    audit_run = AuditRun(
        model_version=prepared.model_name,
        in_use_since=prepared.fitted_at,
        decided_from=min(prepared.data.decided, default=None),
        decided_until=max(prepared.data.decided, default=None),
        input_digest=prepared.data.digest,
        result=as_dict(result),
        made_by_id=act.actor_id,
        made_at=act.now,
    )
    session.add(audit_run)
    model = queries.run_by_name(session, prepared.model_name) if prepared.model_name else None
    if model and result.assessed:
        model.fairness_seen_at = act.now
    flags = sum(bool(row.flag) for question in result.questions for table in question.tables for row in table.rows)
    seen = {"slates": result.slates, "assessed": result.assessed, "flags": flags}
    audit.record(session, action=AuditAction.BIAS_AUDIT_MADE, subject=audit_run, act=act, **seen)
    return audit_run


def run(
    session: Session,
    *,
    act: Moment,
    seed: int = 0,
    further: audit_data.ExtraOutcomes | None = None,
    progress: Callable[[str], None] | None = None,
) -> AuditRun:
    """Audit past decisions and the model that carries suggestions, and keep the figures. Too few data are an answer.

    `further` outcomes, such as approved budget cases, are audited too.
    """
    if progress:
        progress("collecting decisions and answers")
    prepared = prepare(session, moment=act, further=further)
    return save(session, prepared=prepared, result=judge(prepared, seed=seed, progress=progress), act=act)


def record_download(session: Session, *, audit_run: AuditRun, act: Act) -> None:
    """Remember who took the auditor's rows of an audit out."""
    audit.record(session, action=AuditAction.BIAS_AUDIT_ROWS_TAKEN_OUT, subject=audit_run, act=act)
