"""The interview plan of a requisition, and what its candidates' interviews leave out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.audit import queries as audit_queries
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.interviews import queries, rules
from recruiter.interviews.models import Interview, InterviewStatus, Panelist, PlannedTalk
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition, Stage, StageKind

MEETING_STAGES = (StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL)
SHORTEST, LONGEST = 5, 8 * 60
MOST = 12


@dataclass(frozen=True)
class Coverage:
    """Which attributes the planned interviews of one application look at, by how many people; the rest nobody will have assessed."""

    application: Application
    seen_by: dict[str, int]
    interviews: int

    @property
    def missing(self) -> list[str]:
        """The attributes that nobody will have assessed."""
        return [name for name, count in self.seen_by.items() if not count]


def plan_of(session: Session, requisition: Requisition) -> list[PlannedTalk]:
    """The talks of a requisition's plan, in its order."""
    query = select(PlannedTalk).where(PlannedTalk.requisition_id == requisition.id)
    ordered = query.order_by(PlannedTalk.position).options(joinedload(PlannedTalk.stage))
    return list(session.scalars(ordered.execution_options(populate_existing=True)))


def version_mark(planned: Sequence[PlannedTalk]) -> str:
    """What stands for a plan as it is: it differs as soon as anything in it does, so that a stale form can be told."""
    plan = [[entry.name, entry.stage_id, entry.minutes, sorted(entry.focus), entry.scored] for entry in planned]
    return hashlib.sha256(json.dumps(plan).encode()).hexdigest()[:16]


def last_change(session: Session, requisition: Requisition) -> tuple[str, dt.datetime] | None:
    """Who wrote the plan of a requisition down last, and when; None where nobody has."""
    entry = audit_queries.latest_of(session, requisition, action=AuditAction.INTERVIEW_PLAN_CHANGED)
    author = session.get(User, entry.actor_id) if entry else None
    return (author.name, entry.at) if entry and author else None


def uncovered_attributes(requisition: Requisition, planned: Sequence[PlannedTalk]) -> list[str]:
    """The attributes of a requisition that no talk of its plan looks at; all of them where there is no plan."""
    names = requisition.attribute_names
    seen = {name for entry in planned if entry.scored for name in rules.covered(focus=entry.focus, attributes=names)}
    return [name for name in names if name not in seen]


def save_plan(
    session: Session, *, requisition: Requisition, entries: Sequence[PlannedTalk], act: Act, seen: str | None = None
) -> None:
    """Put a plan in place of the one there was; interviews that were planned from it stay. RuleBroken at `lines.<place>`.

    `seen` is the mark of the plan that its writer has read: Overtaken where it is another by now, be it by a moment.
    """
    row_lock.lock(session, requisition.id)
    if seen is not None and seen != version_mark(plan_of(session, requisition)):
        raise Overtaken("Somebody saved this plan since you read it. Look at it, then save again.")
    if len(entries) > MOST:
        raise RuleBroken.at("lines", f"A plan has at most {MOST} talks.")
    for place, entry in enumerate(entries):
        field, entry.name = f"lines.{place}", text.one_line(entry.name)
        if not entry.name:
            raise RuleBroken.at(field, "Give each talk a name, like System design panel.")
        if not SHORTEST <= entry.minutes <= LONGEST:
            raise RuleBroken.at(field, f"{entry.name} lasts between {SHORTEST} minutes and 8 hours.")
        if entry.stage.requisition_id != requisition.id:
            raise RuleBroken.at(field, "This stage belongs to another requisition.")
        entry.focus = rules.check_focus(entry.focus, attributes=requisition.attribute_names)
        entry.requisition_id, entry.position = requisition.id, place
    session.execute(delete(PlannedTalk).where(PlannedTalk.requisition_id == requisition.id))
    session.add_all(entries)
    audit.record(session, action=AuditAction.INTERVIEW_PLAN_CHANGED, subject=requisition, act=act, talks=len(entries))


def coverage(session: Session, requisition: Requisition) -> list[Coverage]:
    """For each candidate who is being met: which attributes their planned interviews look at. Two statements whatever their number.

    Who has an interview, planned or held, is being met in whatever stage they stand.
    """
    met = select(Interview.application_id).where(Interview.status == InterviewStatus.PLANNED)
    query = (
        select(Application)
        .join(Stage, Stage.id == Application.stage_id)
        .where(
            Application.requisition_id == requisition.id,
            Application.status == ApplicationStatus.ACTIVE,
            Stage.kind.in_(MEETING_STAGES) | Application.id.in_(met),
        )
        .order_by(Stage.position.desc(), Application.id)
        .options(joinedload(Application.candidate), joinedload(Application.stage))
    )
    return _coverages(session, requisition, list(session.scalars(query)))


def coverage_of(session: Session, application: Application) -> Coverage:
    """Which attributes the planned interviews of one application look at."""
    return _coverages(session, application.requisition, [application])[0]


def _coverages(session: Session, requisition: Requisition, applications: Sequence[Application]) -> list[Coverage]:
    query = (
        select(Interview.application_id, Interview.focus, Panelist.user_id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(
            Interview.application_id.in_([application.id for application in applications]),
            Interview.status == InterviewStatus.PLANNED,
            Interview.scored,
        )
    )
    seats: dict[int, list[tuple[list[str], int]]] = defaultdict(list)
    for application_id, focus, user_id in session.execute(query):
        seats[application_id].append((focus, user_id))
    coverages = []
    for application in applications:
        assessors: dict[str, set[int]] = {name: set() for name in requisition.attribute_names}
        for focus, user_id in seats[application.id]:
            for name in rules.covered(focus=focus, attributes=list(assessors)):
                assessors[name].add(user_id)
        seen_by = {name: len(user_ids) for name, user_ids in assessors.items()}
        coverages.append(Coverage(application, seen_by, len(seats[application.id])))
    return coverages


def upcoming(session: Session, requisition: Requisition, *, now: dt.datetime) -> list[Interview]:
    """The interviews of a requisition that are still to be held, the next one first."""
    query = (
        select(Interview)
        .join(Application, Application.id == Interview.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Application.requisition_id == requisition.id,
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at > now,
        )
        .order_by(Interview.starts_at, Interview.id)
        .limit(100)
        .options(joinedload(Interview.application).joinedload(Application.candidate), *queries.WITH_PANEL)
    )
    return list(session.scalars(query))
