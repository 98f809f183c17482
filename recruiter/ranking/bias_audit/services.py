"""Making an audit and keeping what it saw."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.ranking import queries
from recruiter.ranking import services as ranking
from recruiter.ranking.bias_audit import gathering
from recruiter.ranking.bias_audit.models import AuditRun

KIND = "model.audit"


def run(
    session: Session,
    *,
    now: dt.datetime,
    actor: User | None = None,
    seed: int = 0,
    further: gathering.Further | None = None,
    progress: Callable[[str], None] | None = None,
) -> AuditRun:
    """Audit past decisions and the model that carries suggestions, and keep the figures. Too few data are an answer.

    Decisions that have become due are recorded first; `further` outcomes, such as approved budget cases, are audited too.
    """
    from recruiter.learning.fairness.examination import as_dict, examine  # scikit-learn, which only an audit needs

    say = progress or (lambda _: None)
    say("collecting decisions and answers")
    ranking.record_due(session, now=now)
    found, model = gathering.gather(session, further=further), queries.active_run(session)
    seen = examine(
        found.slates,
        found.answers,
        model=json.loads(model.artefact) if model else None,
        carried_by=model.name if model else "scorecard weights",
        steps=found.steps,
        slate_of=found.slate_of,
        person_of=found.person_of,
        withdrawn=found.withdrawn,
        seed=seed,
        progress=progress,
    )
    made = AuditRun(
        model_version=model.name if model else None,
        in_use_since=model.fitted_at if model else None,
        decided_from=min(found.decided, default=None),
        decided_until=max(found.decided, default=None),
        input_digest=found.digest,
        result=as_dict(seen),
        made_by_id=actor.id if actor else None,
        made_at=now,
    )
    session.add(made)
    if model and seen.assessed:
        model.fairness_seen_at = now
    session.flush()
    audit.record(
        session,
        action="bias_audit.made",
        subject=made,
        actor_id=made.made_by_id,
        at=now,
        slates=seen.slates,
        assessed=seen.assessed,
        flags=sum(bool(row.flag) for one in seen.questions for table in one.tables for row in table.rows),
    )
    return made


def taken_out(session: Session, *, made: AuditRun, actor: User, now: dt.datetime) -> None:
    """Remember who took the auditor's rows of an audit out."""
    audit.record(session, action="bias_audit.rows_taken_out", subject=made, actor_id=actor.id, at=now)
