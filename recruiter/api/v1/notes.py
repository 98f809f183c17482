"""Notes of a person or of one of their applications, and their follow-ups."""

from __future__ import annotations

import marshmallow as ma

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.api import guard
from recruiter.api.fields import Day, Text, many
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import whole
from recruiter.api.serializers import records as serializers
from recruiter.api.subjects import on_subject
from recruiter.candidates import rules
from recruiter.candidates.models import Note, Subject, Task
from recruiter.candidates.records import note_services, record_queries, task_services
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.handover import queries
from recruiter.policy import permits, record_scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_notes

blueprint = Area("notes", "Notes and follow-ups")


class NoteBody(Body):
    """What is written; a private note is for its author and the readers, who are named by address."""

    text = Text(required=True, longest=rules.LONGEST_NOTE)
    private = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    readers = many(Text(longest=254), most=50, load_default=list)


class NoteChange(Body):
    """The words of a note, and who else reads a private one; without `readers` they stay."""

    text = Text(required=True, longest=rules.LONGEST_NOTE)
    readers = many(Text(longest=254), most=50, load_default=None)


class TaskBody(Body):
    """What is to be done, by when and by whom: an address."""

    what = Text(required=True, longest=rules.LONGEST_TASK)
    due_on = Day(required=True)
    assignee = Text(required=True, longest=254)


class TaskChange(Body):
    """Who does it from now on: an address."""

    assignee = Text(required=True, longest=254)


def _users(emails: list[str]) -> list[User]:
    return [accounts.by_email_or_refuse(db.session(), email, field="readers") for email in emails]


@on_subject(blueprint.get, "notes", Permission.CANDIDATE_READ, Permission.APPLICATION_READ)
def index(subject: Subject) -> JsonObject:
    """The notes that the caller may read, the latest first; on an application, with those on the person as such."""
    notes = record_queries.notes_about(db.session(), subject, within=record_scopes.notes(actor()))
    return {"items": [serializers.note(note) for note in notes], "next": None}


@on_subject(blueprint.post, "notes", Permission.CANDIDATE_NOTE, Permission.APPLICATION_NOTE, body=NoteBody, status=201)
def write(body: JsonObject, subject: Subject) -> JsonObject:
    """Write a note about a person or an application; calls and mails are contacts."""
    body["readers"] = _users(body["readers"])
    permits.check_seen_by(db.session(), body["readers"], subject, at="readers")
    return serializers.note(checked_notes.write(db.session(), subject=subject, act=guard.act(), **body))


@blueprint.patch("/notes/<int:note_id>", Permission.NOTE_EDIT, body=NoteChange)
def edit(body: JsonObject, note: Note) -> JsonObject:
    """Change a note of one's own; the words it had are kept."""
    readers = None if body["readers"] is None else _users(body["readers"])
    session = db.session()
    added, subject = note_services.added_readers(note, readers or []), permits.whom_about(session, note)
    permits.check_seen_by(session, added, subject, at="readers")
    checked_notes.edit(session, note=note, text=body["text"], readers=readers, act=guard.act())
    return serializers.note(note)


@blueprint.post("/notes/<int:note_id>/removal", Permission.NOTE_EDIT)
def remove(note: Note) -> JsonObject:
    """Take a note of one's own away; `undo` brings it back."""
    return {"undo": note_services.remove(db.session(), note=note, act=guard.act())}


@on_subject(blueprint.get, "tasks", Permission.CANDIDATE_READ, Permission.APPLICATION_READ)
def tasks(subject: Subject) -> JsonObject:
    """The follow-ups that the caller may see, the next due first; on an application, with those on the person as such."""
    visible = record_queries.tasks_about(db.session(), subject, within=record_scopes.tasks(actor()))
    return {"items": [serializers.task(task) for task in visible], "next": None}


@on_subject(blueprint.post, "tasks", Permission.CANDIDATE_NOTE, Permission.APPLICATION_TASK, body=TaskBody, status=201)
def plan(body: JsonObject, subject: Subject) -> JsonObject:
    """Plan a follow-up with a person or on an application."""
    session = db.session()
    body["assignee"] = accounts.by_email_or_refuse(session, body["assignee"], field="assignee")
    sees_subject = permits.sees(session, body["assignee"], subject)
    task = task_services.plan(session, subject=subject, sees_subject=sees_subject, act=guard.act(), **body)
    return serializers.task(task)


@blueprint.patch("/tasks/<int:task_id>", Permission.TASK_SETTLE, body=TaskChange)
def hand_over(body: JsonObject, task: Task) -> JsonObject:
    """Hand a follow-up to somebody who sees whom it is about; `GET /tasks/{id}/handovers` says whose it was."""
    session = db.session()
    to = accounts.by_email_or_refuse(session, body["assignee"], field="assignee")
    sees_subject = permits.sees(session, to, permits.whom_about(session, task))
    return serializers.task(
        task_services.hand_over(session, task=task, to=to, sees_subject=sees_subject, act=guard.act())
    )


@blueprint.get("/tasks/<int:task_id>/handovers", Permission.TASK_READ)
def handovers(task: Task) -> JsonObject:
    """Who handed a follow-up to whom, and when, the first time first."""
    return whole(map(serializers.handover, queries.history_of(db.session(), task)))


@blueprint.post("/tasks/<int:task_id>/done", Permission.TASK_SETTLE)
def complete(task: Task) -> JsonObject:
    """Mark a follow-up as done; `undo` opens it again."""
    secret = task_services.complete(db.session(), task=task, act=guard.act())
    return {**serializers.task(task), "undo": secret}
