"""What is written, planned and kept about somebody, as one viewer sees it, and the forms that add to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.candidates.models import Attachment, Candidate, Task
from recruiter.candidates.records import record_queries
from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.policy import record_scopes
from recruiter.policy.permissions import Permission
from recruiter.web.pipeline.application import record_forms, timeline_events
from recruiter.web.pipeline.application.timeline import Event
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm
from recruiter.web.text import message_warnings

USUAL_DAYS = 3


@dataclass(frozen=True)
class TaskItem:
    """A follow-up in the list: whether it is late, and whether the viewer may settle it."""

    task: Task
    late: bool
    settles: bool


@dataclass(frozen=True)
class Records:
    """Notes, follow-ups and files of a person, or of one of their applications."""

    subject: Candidate | Application
    events: list[Event]
    tasks: list[TaskItem]
    done: list[Task]
    files: list[Attachment]
    writes: bool
    plans: bool
    people: list[User]
    failed: RejectedForm | None

    def action(self, kind: str) -> str:
        """Where a form of a kind (`note`, `task`, `file`) is sent."""
        if isinstance(self.subject, Application):
            return url_for(f"candidates.{kind}_on_application", application_id=self.subject.id)
        return url_for(f"candidates.{kind}_on_candidate", candidate_id=self.subject.id)

    @property
    def contact(self) -> str | None:
        """Where a call or a mail is recorded, for those who run the search."""
        if self.plans and isinstance(self.subject, Application):
            return url_for("keepwarm.of_application", application_id=self.subject.id)
        return None

    def form(self, key: str) -> Any:
        """The form of a key: as it came back, else a fresh one."""
        if self.failed and self.failed.key == key:
            return self.failed.form
        if key == "note" and self.contact:
            usual = "call" if isinstance(self.subject, Application) and self.subject.finalist is not None else "note"
            return record_forms.ComposeForm.for_people(self.people, formdata=None, data={"how": usual})
        if key == "note":
            return record_forms.NoteForm.for_people(self.people, formdata=None)
        data = {"due_on": guard.today() + dt.timedelta(days=USUAL_DAYS), "assignee": str(guard.actor().id)}
        return record_forms.TaskForm.for_people(self.people, formdata=None, data=data)

    def came_back(self, key: str) -> bool:
        """Whether the form of a key came back with something to look at."""
        return self.failed is not None and self.failed.key == key

    def mail_warnings(self) -> message_warnings.Marks | None:
        """What the check found in a mail of ours that came back; None for anything else."""
        if not self.came_back("note") or not self.contact or not isinstance(self.subject, Application):
            return None
        form = self.form("note")
        is_ours = form.how.data == "email" and not form.theirs.data
        return message_warnings.of_words(form.text.data or "", self.subject) if is_ours else None

    @property
    def problem(self) -> str:
        """What was wrong with the form that came back and belongs to none of its fields."""
        return self.failed.problem if self.failed else ""


def people() -> list[User]:
    """Who may be named as a reader or be asked to do something."""
    return [user for user in accounts.everybody(db.session()) if user.active and user.role != Role.APPROVER]


def of(subject: Candidate | Application, *, runs: bool | None = None, failed: RejectedForm | None = None) -> Records:
    """Gather the records in a handful of statements, whatever their number. `runs` where the caller knows that the viewer runs the search."""
    session, viewer, today = db.session(), guard.actor(), guard.today()
    if isinstance(subject, Application):
        plans = guard.may(Permission.APPLICATION_TASK, subject) if runs is None else runs
        writes = plans or guard.may(Permission.APPLICATION_NOTE, subject)
    else:
        writes = plans = guard.may(Permission.CANDIDATE_NOTE, subject)
    notes = record_queries.notes_about(session, subject, within=record_scopes.notes(viewer))
    tasks = record_queries.tasks_about(session, subject, within=record_scopes.tasks(viewer))
    files = record_queries.files_about(session, subject, within=record_scopes.files(viewer))
    return Records(
        subject=subject,
        events=[
            *(timeline_events.note_event(note, viewer_id=viewer.id) for note in notes),
            *(timeline_events.file_event(attachment) for attachment in files),
        ],
        tasks=[
            TaskItem(
                task,
                late=task.due_on < today,
                settles=viewer.is_staff or viewer.id in {task.assignee_id, task.created_by_id},
            )
            for task in tasks
            if task.done_at is None
        ],
        done=[task for task in tasks if task.done_at is not None],
        files=files,
        writes=writes,
        plans=plans,
        people=people() if writes or plans else [],
        failed=failed,
    )
