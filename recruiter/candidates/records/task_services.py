"""Follow-ups planned, settled and taken up again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.models import User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import rules
from recruiter.candidates.models import Subject, Task
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict


def plan(
    session: Session,
    *,
    subject: Subject,
    what: str,
    due_on: dt.date,
    assignee: User,
    act: Act,
    sees_subject: bool = True,
) -> Task:
    """Ask somebody, oneself too, to do something about a person by a day.

    `sees_subject` is what the policy says of the assignee: whether they see the person, or the application, at all.
    Raises RuleBroken at `what`, `due_on` or `assignee`.
    """
    description = rules.task_text(what)
    rules.check_due(due_on, today=act.today)
    rules.check_assignee(assignee, sees_subject=sees_subject)
    task = Task(
        candidate_id=subject.candidate_id,
        application_id=subject.application_id,
        what=description,
        due_on=due_on,
        assignee=assignee,
        created_by=act.actor,
        created_at=act.now,
    )
    session.add(task)
    session.flush()
    values = {"assignee_id": assignee.id, "due_on": due_on.isoformat()}
    audit.record(session, action=AuditAction.TASK_PLANNED, subject=task, act=act, **values)
    return task


def hand_over(session: Session, *, task: Task, to: User, act: Moment, sees_subject: bool = True) -> Task:
    """Give an open follow-up to somebody else. Whose it was stays on record.

    `sees_subject` as in `plan`. Raises RuleBroken at `assignee`, Conflict for one that is done or theirs already.
    """
    if task.done_at is not None:
        raise Conflict("This follow-up was done already.")
    rules.check_assignee(to, sees_subject=sees_subject)
    if task.assignee_id == to.id:
        raise Conflict(f"{to.name} has this follow-up already. Choose somebody else.")
    before = task.assignee
    task.handed_from, task.handed_at, task.assignee = before, act.now, to
    audit.record(session, action=AuditAction.TASK_HANDED, subject=task, act=act, from_id=before.id, to_id=to.id)
    return task


def complete(session: Session, *, task: Task, act: Act) -> str:
    """Mark a follow-up as done. Answers the secret that opens it again. Raises Conflict when it was done before."""
    if task.done_at is not None:
        raise Conflict("This follow-up was done already.")
    task.done_at, task.done_by_id = act.now, act.actor.id
    audit.record(session, action=AuditAction.TASK_DONE, subject=task, act=act)
    return undo_token_services.issue(session, action=UndoAction.TASK_DONE, payload={"id": task.id}, act=act)


def reopen(session: Session, *, task: Task, act: Act) -> None:
    """Open a follow-up again that was marked as done."""
    task.done_at, task.done_by = None, None
    audit.record(session, action=AuditAction.TASK_TAKEN_UP, subject=task, act=act)
