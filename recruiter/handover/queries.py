"""What waits for somebody, while they can sign in and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import Role, User
from recruiter.audit import queries as audit
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import Subject
from recruiter.budget import queries as cases
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.candidates.models import Task
from recruiter.foundation.act import Moment
from recruiter.foundation.database.scope import EVERY, Scope, listed
from recruiter.handover import rules
from recruiter.handover.rules import Duties, Handover
from recruiter.interviews import queries as interviews
from recruiter.keepwarm.models.records import Concern, ConcernState
from recruiter.offers import queries as offers
from recruiter.offers.approval import approval_rounds
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.models import Offer, OfferStatus, StandIn
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.rules import is_hidden_from

MOST = 500
TOLD_FOR = dt.timedelta(days=7)  # so long Today shows what was handed to somebody before it is due
HANDED = (AuditAction.TASK_HANDED, AuditAction.CONCERN_HANDED, AuditAction.APPROVAL_TURN_GIVEN)


def duties_of(session: Session, user: User, *, moment: Moment) -> Duties:
    """Everything that waits for somebody, and who would go on with it if their account ended now."""
    return Duties(
        tasks=_with_successors(session, _tasks(session, Task.assignee_id == user.id), leaver=user),
        concerns=[
            (concern, rules.successor(concern.application.requisition, leaver=user, owner=concern.application.owner))
            for concern in open_concerns(session, Concern.owner_id == user.id)
        ],
        turns=[request for request in pending_requests(session) if approval_rounds.seats_of(request, user.id)],
        interviews=[
            interview
            for interview in interviews.of_person(session, user.id)
            if interview.is_planned and interview.starts_at > moment.now
        ],
        searches=requisitions.abandoned_requisitions(session, by=user),
    )


def _tasks(session: Session, *conditions: ColumnElement[bool]) -> list[Task]:
    query = select(Task).where(Task.done_at.is_(None), *conditions).order_by(Task.due_on, Task.id)
    people = [joinedload(person) for person in (Task.assignee, Task.created_by, Task.handed_from)]
    return list(session.scalars(query.options(*people, joinedload(Task.candidate)).limit(MOST)))


def open_concerns(session: Session, *conditions: ColumnElement[bool]) -> list[Concern]:
    """Concerns of applications in the running that nobody has resolved, the oldest first."""
    application = joinedload(Concern.application)
    query = (
        select(Concern)
        .join(Concern.application)
        .where(Application.status == ApplicationStatus.ACTIVE, Concern.state != ConcernState.RESOLVED, *conditions)
        .order_by(Concern.id)
        .options(
            application.joinedload(Application.requisition),
            application.joinedload(Application.candidate),
            joinedload(Concern.owner),
            joinedload(Concern.handed_from),
        )
    )
    return list(session.scalars(query))


def _with_successors(session: Session, tasks: Sequence[Task], *, leaver: User) -> list[tuple[Task, User | None]]:
    """Each follow-up with who takes it over: on a person alone, their latest application says it, else whoever asked for it."""
    query = select(Application).where(Application.candidate_id.in_({task.candidate_id for task in tasks}))
    by_id = {application.id: application for application in session.scalars(query.order_by(Application.id))}
    latest: dict[int, Application] = {}
    for each in sorted(by_id.values(), key=lambda each: (each.is_active, each.id)):
        latest[each.candidate_id] = each
    successors = []
    for task in tasks:
        application = by_id.get(task.application_id or 0) or latest.get(task.candidate_id)
        to = application and rules.successor(application.requisition, leaver=leaver, owner=application.owner)
        asker = task.created_by if task.created_by.active and task.created_by_id != leaver.id else None
        successors.append((task, to or asker))
    return successors


def pending_requests(session: Session, *, within: Scope | None = None) -> list[Approvable]:
    """The offers and budget cases that wait for an approval, of all requisitions or of some."""
    seen = within or EVERY
    of_seen = select(BudgetCase.id).join(Offer, BudgetCase.offer_id == Offer.id).join(Offer.application)
    of_seen = of_seen.where(seen.contains(Application.requisition_id))
    waiting = offers.with_status(session, within=seen, status=OfferStatus.PENDING_APPROVAL)
    submitted = cases.cases_within(session, within=listed(of_seen), status=CaseStatus.SUBMITTED)
    return [*waiting, *submitted]


def work_of(
    session: Session, user: User, *, tasks: Scope, applications: Scope, moment: Moment
) -> tuple[list[Task], list[Concern]]:
    """What somebody must do or see, of what is within their sight: follow-ups due or just handed to them, open concerns of theirs.

    To whoever runs searches, what is left with people who can no longer sign in belongs as well.
    """
    departed = select(User.id).where(User.active.is_(False)) if user.is_staff else select(User.id).where(~true())
    handed = Task.handed_at >= moment.now - TOLD_FOR
    own_task = (Task.assignee_id == user.id) & ((Task.due_on <= moment.today) | handed)
    own_concern = (Concern.owner_id == user.id) & (Concern.state == ConcernState.OPEN)
    return (
        _tasks(session, tasks.contains(Task.id), own_task | Task.assignee_id.in_(departed)),
        open_concerns(
            session, applications.contains(Concern.application_id), own_concern | Concern.owner_id.in_(departed)
        ),
    )


def hidden_from_deputy(session: Session, stand_in: StandIn) -> int:
    """How many requests that wait for somebody are of a confidential requisition that their deputy cannot see."""
    return sum(
        is_hidden_from(request.requisition, stand_in.deputy_id)
        for request in pending_requests(session)
        if approval_rounds.seats_of(request, stand_in.user_id)
    )


def departed_turns(session: Session, *, within: Scope | None = None) -> list[tuple[Approvable, User]]:
    """Approvals that ask somebody who can no longer give them, each with whom: their account has ended, or their role is another."""
    departed = select(User).where(User.active.is_(False) | (User.role != Role.APPROVER))
    requests = pending_requests(session, within=within)
    asked_ids = {seat.user_id for request in requests for seat in approval_rounds.unfilled_seats_of(request)}
    people = session.scalars(departed.where(User.id.in_(asked_ids)).order_by(User.id)).all() if asked_ids else ()
    return [(request, user) for request in requests for user in people if approval_rounds.seats_of(request, user.id)]


def history_of(session: Session, subject: Subject) -> list[Handover]:
    """Who gave a follow-up, a concern or the turn of an approval to whom, and when, the first time first."""
    kind = type(subject).__name__.lower()
    entries = [
        entry
        for entry in audit.trail_of(session, object_type=kind, object_id=subject.id)
        if entry.action in set(HANDED)
    ]
    ids = {number for entry in entries for number in (entry.actor_id, entry.detail["from_id"], entry.detail["to_id"])}
    people = {user.id: user for user in session.scalars(select(User).where(User.id.in_(ids - {None})))}
    return [
        Handover(
            people.get(entry.detail["from_id"]),
            people[entry.detail["to_id"]],
            people.get(entry.actor_id or 0),
            entry.at,
        )
        for entry in entries
    ]
