"""Making an audit and keeping what it saw."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.ranking import queries
from recruiter.ranking import services as ranking
from recruiter.ranking.bias_audit import audit_data
from recruiter.ranking.bias_audit.models import AuditRun

if TYPE_CHECKING:
    from recruiter.learning.fairness.types import Audit

KIND = "model.audit"


@dataclass(frozen=True)
class Prepared:
    """What an audit reads: nothing in it needs the database any more, so that no transaction is held while it is judged."""

    found: audit_data.Gathered
    model_name: str | None
    fitted_at: dt.datetime | None
    artefact: str | None


def prepare(session: Session, *, now: dt.datetime, further: audit_data.Further | None = None) -> Prepared:
    """Read decisions, answers and the model that carries suggestions. Decisions that have become due are recorded first."""
    ranking.record_due(session, now=now)
    found, model = audit_data.gather(session, further=further), queries.active_run(session)
    if model is None:
        return Prepared(found, None, None, None)
    return Prepared(found, model.name, model.fitted_at, model.artefact)


def judge(given: Prepared, *, seed: int = 0, progress: Callable[[str], None] | None = None) -> Audit:
    """The figures: do groups of people come through alike, in past decisions and under the model? Takes seconds to minutes."""
    from recruiter.learning.fairness.audit import examine  # scikit-learn, which only an audit needs

    found = given.found
    return examine(
        found.slates,
        found.answers,
        model=json.loads(given.artefact) if given.artefact else None,
        carried_by=given.model_name or "scorecard weights",
        steps=found.steps,
        slate_of=found.slate_of,
        person_of=found.person_of,
        withdrawn=found.withdrawn,
        seed=seed,
        progress=progress,
    )


def keep(session: Session, *, given: Prepared, seen: Audit, now: dt.datetime, actor: User | None) -> AuditRun:
    """Keep what an audit saw, and that the model it saw was looked at."""
    from recruiter.learning.fairness.audit import as_dict

    made = AuditRun(
        model_version=given.model_name,
        in_use_since=given.fitted_at,
        decided_from=min(given.found.decided, default=None),
        decided_until=max(given.found.decided, default=None),
        input_digest=given.found.digest,
        result=as_dict(seen),
        made_by_id=actor.id if actor else None,
        made_at=now,
    )
    session.add(made)
    model = queries.run_named(session, given.model_name) if given.model_name else None
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


def run(
    session: Session,
    *,
    now: dt.datetime,
    actor: User | None = None,
    seed: int = 0,
    further: audit_data.Further | None = None,
    progress: Callable[[str], None] | None = None,
) -> AuditRun:
    """Audit past decisions and the model that carries suggestions, and keep the figures. Too few data are an answer.

    `further` outcomes, such as approved budget cases, are audited too.
    """
    if progress:
        progress("collecting decisions and answers")
    given = prepare(session, now=now, further=further)
    return keep(session, given=given, seen=judge(given, seed=seed, progress=progress), now=now, actor=actor)


def taken_out(session: Session, *, made: AuditRun, actor: User, now: dt.datetime) -> None:
    """Remember who took the auditor's rows of an audit out."""
    audit.record(session, action="bias_audit.rows_taken_out", subject=made, actor_id=actor.id, at=now)
