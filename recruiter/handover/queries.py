"""What waits for somebody, while they can sign in and after."""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
from recruiter.foundation.wording import listing, plural
from recruiter.handover import rules
from recruiter.handover.rules import Duties, Handover, Seats
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview
from recruiter.keepwarm.models.records import Concern, ConcernState
from recruiter.offers import queries as offers
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.models import Offer, OfferStatus, StandIn
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.rules import is_hidden_from
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import CardState

MOST = 500
TOLD_FOR = dt.timedelta(days=7)  # so long Today shows what was handed to somebody before it is due
HANDED = (AuditAction.TASK_HANDED, AuditAction.CONCERN_HANDED, AuditAction.APPROVAL_TURN_GIVEN)


def duties_of(session: Session, user: User, *, moment: Moment) -> Duties:
    """Everything that waits for somebody, and who would go on with it if their account ended now."""
    planned = [interview for interview in interviews.of_person(session, user.id) if interview.is_planned]
    return Duties(
        tasks=_with_successors(session, _tasks(session, Task.assignee_id == user.id), leaver=user),
        concerns=[
            (concern, rules.successor(concern.application.requisition, leaver=user, owner=concern.application.owner))
            for concern in open_concerns(session, Concern.owner_id == user.id)
        ],
        turns=[request for request in pending_requests(session) if _is_stuck_without(session, request, user)],
        interviews=[interview for interview in planned if interview.starts_at > moment.now],
        n_cards=len(_cards_not_in(session, user, planned, moment=moment)),
        searches=requisitions.abandoned_requisitions(session, by=user),
        seats=seats_of(session, user, moment=moment, runs=True, approves=True),
    )


def _cards_not_in(session: Session, user: User, planned: Sequence[Interview], *, moment: Moment) -> list[Interview]:
    """The interviews that are over whose card somebody has not sent, of applications and searches that go on."""
    ended = [
        interview
        for interview in planned
        if interview.scored and interview.ends_at <= moment.now
        and interview.application.is_active and interview.application.requisition.is_open
    ]  # fmt: skip
    states = scorecards.own_states(session, author=user, interview_ids=[interview.id for interview in ended])
    return [interview for interview in ended if states.get(interview.id, CardState.DRAFT) == CardState.DRAFT]


def seats_of(session: Session, user: User, *, moment: Moment, runs: bool, approves: bool) -> Seats:
    """Where somebody sits: with `runs` the open requisitions that they run, with `approves` chains and stand-ins."""
    open_requisitions = requisitions.open_of_user(session, user_id=user.id, within=EVERY, limit=MOST) if runs else []
    if not approves:
        return Seats(n_requisitions=len(open_requisitions))
    chains = [
        chain
        for chain in chain_queries.chains_for(session)
        if any(seat.user_id == user.id for group in chain.groups for seat in group.seats)
    ]
    stand_ins = chain_queries.stand_ins(session, until=moment.today)
    own = [away for away in stand_ins if user.id in {away.user_id, away.deputy_id}]
    return Seats(chains, own, user.id, len(open_requisitions))


def left_by_role(session: Session, user: User, *, moment: Moment) -> list[str]:
    """What needs somebody else now that the role of somebody is another, a sentence each; nothing where their role still does it."""
    approves = user.role == Role.APPROVER
    seats = seats_of(session, user, moment=moment, runs=not user.is_staff, approves=not approves)
    turns = [request for request, who in departed_turns(session) if who.id == user.id] if not approves else []
    return Duties(turns=turns, seats=seats).sentences


def kept_by_others(session: Session, user: User) -> list[str]:
    """What became of the work of somebody whose account ended and was enabled again, a sentence each: it stays with whoever has it."""
    tasks = _tasks(session, Task.handed_from_id == user.id)
    concerns = open_concerns(session, Concern.handed_from_id == user.id)
    counts: dict[str, list[str]] = {}
    for noun, holders in (
        ("follow-up", Counter(task.assignee.name for task in tasks)),
        ("concern", Counter(concern.owner.name for concern in concerns if concern.owner)),
    ):
        for name, count in holders.items():
            counts.setdefault(name, []).append(plural(count, noun))
    return [f"{name} keeps {listing(parts)} that {user.name} had before." for name, parts in counts.items()]


def _is_stuck_without(session: Session, request: Approvable, user: User) -> bool:
    """Whether an approval asks somebody, and the others of their group could not give it without them."""
    able = {approver.id for approver in chain_queries.approvers_on(session, request)} - {user.id}
    return any(seat.user_id == user.id for seat in approval_rounds.stuck_seats_of(request, able=able))


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
    """Approvals that ask somebody who can no longer give them, each with whom: their account has ended, or their role is another.

    Left out are those that enough others of the same group can give.
    """
    departed = select(User).where(User.active.is_(False) | (User.role != Role.APPROVER))
    requests = pending_requests(session, within=within)
    approvers = chain_queries.approvers(session) if requests else []
    stuck_ids = {
        id(request): {
            seat.user_id
            for seat in approval_rounds.stuck_seats_of(request, able={approver.id for approver in approvers})
        }
        for request in requests
    }
    user_ids = set().union(*stuck_ids.values())
    people = session.scalars(departed.where(User.id.in_(user_ids)).order_by(User.id)).all() if user_ids else ()
    return [(request, user) for request in requests for user in people if user.id in stuck_ids[id(request)]]


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
