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
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken


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
    if not sees_subject:
        raise RuleBroken.at("assignee", f"{assignee.name} does not see this person. Choose somebody who does.")
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
