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
from recruiter.audit.models import AuditEntry
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.interviews import rules
from recruiter.interviews.models import Interview, InterviewStatus, Panelist, PlannedTalk
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition, Stage, StageKind

MET = (StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL)
SHORTEST, LONGEST = 5, 8 * 60
MOST = 12


@dataclass(frozen=True)
class Line:
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


def lines(session: Session, requisition: Requisition) -> list[PlannedTalk]:
    """The talks of a requisition's plan, in its order."""
    wanted = select(PlannedTalk).where(PlannedTalk.requisition_id == requisition.id)
    fresh = wanted.order_by(PlannedTalk.position).options(joinedload(PlannedTalk.stage))
    return list(session.scalars(fresh.execution_options(populate_existing=True)))


def mark(talks: Sequence[PlannedTalk]) -> str:
    """What stands for a plan as it is: it differs as soon as anything in it does, so that a stale form can be told."""
    plan = [[one.name, one.stage_id, one.minutes, sorted(one.focus)] for one in talks]
    return hashlib.sha256(json.dumps(plan).encode()).hexdigest()[:16]


def last_written(session: Session, requisition: Requisition) -> tuple[str, dt.datetime] | None:
    """Who wrote the plan of a requisition down last, and when; None where nobody has."""
    wanted = (
        select(User.name, AuditEntry.at)
        .join(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.object_type == "requisition",
            AuditEntry.object_id == requisition.id,
            AuditEntry.action == "interview_plan.changed",
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    row = session.execute(wanted).first()
    return (row[0], row[1]) if row else None


def left_out(requisition: Requisition, talks: Sequence[PlannedTalk]) -> list[str]:
    """The attributes of a requisition that no talk of its plan looks at; all of them where there is no plan."""
    names = [one.name for one in requisition.attributes]
    seen = {name for one in talks for name in rules.covered(focus=one.focus, attributes=names)}
    return [name for name in names if name not in seen]


def write(
    session: Session,
    *,
    requisition: Requisition,
    plan: Sequence[Line],
    actor: User,
    now: dt.datetime,
    seen: str | None = None,
) -> list[PlannedTalk]:
    """Put a plan in place of the one there was; interviews that were planned from it stay. RuleBroken at `lines.<place>`.

    `seen` is the mark of the plan that its writer has read: Overtaken where it is another by now, be it by a moment.
    """
    row_lock.hold(session, requisition.id)
    if seen is not None and seen != mark(lines(session, requisition)):
        raise Overtaken("Somebody saved this plan since you read it. Look at it, then save again.")
    if len(plan) > MOST:
        raise RuleBroken.at("lines", f"A plan has at most {MOST} talks.")
    names = [one.name for one in requisition.attributes]
    rows = []
    for place, one in enumerate(plan):
        name = text.clean(one.name)
        if not name:
            raise RuleBroken.at(f"lines.{place}", "Give each talk a name, like System design panel.")
        if not SHORTEST <= one.minutes <= LONGEST:
            raise RuleBroken.at(f"lines.{place}", f"{name} lasts between {SHORTEST} minutes and 8 hours.")
        if one.stage.requisition_id != requisition.id:
            raise RuleBroken.at(f"lines.{place}", "This stage belongs to another requisition.")
        focus = rules.check_focus(one.focus, attributes=names)
        rows.append(
            PlannedTalk(
                requisition_id=requisition.id, stage=one.stage, name=name, minutes=one.minutes, focus=focus,
                position=place,
            )
        )  # fmt: skip
    session.execute(delete(PlannedTalk).where(PlannedTalk.requisition_id == requisition.id))
    session.add_all(rows)
    session.flush()
    audit.record(
        session, action="interview_plan.changed", subject=requisition, actor_id=actor.id, at=now, talks=len(rows)
    )
    return rows


def coverage(session: Session, requisition: Requisition) -> list[Coverage]:
    """For each candidate who is being met: which attributes his planned interviews look at. Two statements whatever their number.

    Who has an interview, planned or held, is being met in whatever stage he stands.
    """
    met = select(Interview.application_id).where(Interview.status == InterviewStatus.PLANNED)
    wanted = (
        select(Application)
        .join(Stage, Stage.id == Application.stage_id)
        .where(
            Application.requisition_id == requisition.id,
            Application.status == ApplicationStatus.ACTIVE,
            Stage.kind.in_(MET) | Application.id.in_(met),
        )
        .order_by(Stage.position.desc(), Application.id)
        .options(joinedload(Application.candidate), joinedload(Application.stage))
    )
    applications = list(session.scalars(wanted))
    talks: dict[int, list[tuple[list[str], int]]] = {one.id: [] for one in applications}
    for application_id, focus, _, user_id in _seats(session, list(talks)):
        talks[application_id].append((focus, user_id))
    names = [one.name for one in requisition.attributes]
    return [_covered(one, talks[one.id], names) for one in applications]


def _seats(session: Session, application_ids: Sequence[int]) -> list[tuple[int, list[str], int, int]]:
    wanted = (
        select(Interview.application_id, Interview.focus, Interview.id, Panelist.user_id)
        .join(Panelist, Panelist.interview_id == Interview.id)
        .where(Interview.application_id.in_(application_ids), Interview.status == InterviewStatus.PLANNED)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(wanted)]


def of_application(session: Session, application: Application) -> Coverage:
    """Which attributes the planned interviews of one application look at."""
    names = [one.name for one in application.requisition.attributes]
    seats = [(focus, user_id) for _, focus, _, user_id in _seats(session, [application.id])]
    return _covered(application, seats, names)


def _covered(application: Application, seats: Sequence[tuple[list[str], int]], names: list[str]) -> Coverage:
    people: dict[str, set[int]] = {name: set() for name in names}
    for focus, user_id in seats:
        for name in rules.covered(focus=focus, attributes=names):
            people[name].add(user_id)
    return Coverage(application, {name: len(found) for name, found in people.items()}, len(seats))


def coming(session: Session, requisition: Requisition, *, now: dt.datetime) -> list[Interview]:
    """The interviews of a requisition that are still to be held, the next one first."""
    wanted = (
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
    return list(session.scalars(wanted))
