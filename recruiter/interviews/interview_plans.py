"""The interview plan of a requisition, and what its candidates' interviews leave out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import AuditEntry
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.interviews import rules
from recruiter.interviews.models import Interview, InterviewStatus, Panelist, PlannedTalk
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition, Stage, StageKind

MEETING_STAGES = (StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL)
SHORTEST, LONGEST = 5, 8 * 60
MOST = 12


@dataclass(frozen=True)
class PlanEntry:
    """One talk as the plan has it."""

    stage: Stage
    name: str
    minutes: int
    focus: list[str]


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
    plan = [[entry.name, entry.stage_id, entry.minutes, sorted(entry.focus)] for entry in planned]
    return hashlib.sha256(json.dumps(plan).encode()).hexdigest()[:16]


def last_change(session: Session, requisition: Requisition) -> tuple[str, dt.datetime] | None:
    """Who wrote the plan of a requisition down last, and when; None where nobody has."""
    query = (
        select(User.name, AuditEntry.at)
        .join(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object_type == "requisition",
            AuditEntry.object_id == requisition.id,
            AuditEntry.action == AuditAction.INTERVIEW_PLAN_CHANGED.value,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def uncovered_attributes(requisition: Requisition, planned: Sequence[PlannedTalk]) -> list[str]:
    """The attributes of a requisition that no talk of its plan looks at; all of them where there is no plan."""
    names = [attribute.name for attribute in requisition.attributes]
    seen = {name for entry in planned for name in rules.covered(focus=entry.focus, attributes=names)}
    return [name for name in names if name not in seen]


def save_plan(
    session: Session, *, requisition: Requisition, entries: Sequence[PlanEntry], act: Act, seen: str | None = None
) -> list[PlannedTalk]:
    """Put a plan in place of the one there was; interviews that were planned from it stay. RuleBroken at `lines.<place>`.

    `seen` is the mark of the plan that its writer has read: Overtaken where it is another by now, be it by a moment.
    """
    row_lock.lock(session, requisition.id)
    if seen is not None and seen != version_mark(plan_of(session, requisition)):
        raise Overtaken("Somebody saved this plan since you read it. Look at it, then save again.")
    if len(entries) > MOST:
        raise RuleBroken.at("lines", f"A plan has at most {MOST} talks.")
    names = [attribute.name for attribute in requisition.attributes]
    rows = []
    for place, entry in enumerate(entries):
        name = text.clean(entry.name)
        if not name:
            raise RuleBroken.at(f"lines.{place}", "Give each talk a name, like System design panel.")
        if not SHORTEST <= entry.minutes <= LONGEST:
            raise RuleBroken.at(f"lines.{place}", f"{name} lasts between {SHORTEST} minutes and 8 hours.")
        if entry.stage.requisition_id != requisition.id:
            raise RuleBroken.at(f"lines.{place}", "This stage belongs to another requisition.")
        focus = rules.check_focus(entry.focus, attributes=names)
        rows.append(
            PlannedTalk(
                requisition_id=requisition.id, stage=entry.stage, name=name, minutes=entry.minutes, focus=focus,
                position=place,
            )
        )  # fmt: skip
    session.execute(delete(PlannedTalk).where(PlannedTalk.requisition_id == requisition.id))
    session.add_all(rows)
    session.flush()
    audit.record(session, action=AuditAction.INTERVIEW_PLAN_CHANGED, subject=requisition, act=act, talks=len(rows))
    return rows


def coverage(session: Session, requisition: Requisition) -> list[Coverage]:
    """For each candidate who is being met: which attributes his planned interviews look at. Two statements whatever their number.

    Who has an interview, planned or held, is being met in whatever stage he stands.
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
    applications = list(session.scalars(query))
    panel_focus: dict[int, list[tuple[list[str], int]]] = {application.id: [] for application in applications}
    for application_id, focus, _, user_id in _panel_rows(session, list(panel_focus)):
        panel_focus[application_id].append((focus, user_id))
    names = [attribute.name for attribute in requisition.attributes]
    return [_coverage(application, panel_focus[application.id], names) for application in applications]


def _panel_rows(session: Session, application_ids: Sequence[int]) -> list[tuple[int, list[str], int, int]]:
    query = (
        select(Interview.application_id, Interview.focus, Interview.id, Panelist.user_id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(Interview.application_id.in_(application_ids), Interview.status == InterviewStatus.PLANNED)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def coverage_of(session: Session, application: Application) -> Coverage:
    """Which attributes the planned interviews of one application look at."""
    names = [attribute.name for attribute in application.requisition.attributes]
    panel_focus = [(focus, user_id) for _, focus, _, user_id in _panel_rows(session, [application.id])]
    return _coverage(application, panel_focus, names)


def _coverage(application: Application, panel_focus: Sequence[tuple[list[str], int]], names: list[str]) -> Coverage:
    assessors: dict[str, set[int]] = {name: set() for name in names}
    for focus, user_id in panel_focus:
        for name in rules.covered(focus=focus, attributes=names):
            assessors[name].add(user_id)
    return Coverage(application, {name: len(user_ids) for name, user_ids in assessors.items()}, len(panel_focus))


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
        .options(
            joinedload(Interview.application).joinedload(Application.candidate),
            joinedload(Interview.stage),
            selectinload(Interview.panel).joinedload(Panelist.user),
        )
    )
    return list(session.scalars(query))
