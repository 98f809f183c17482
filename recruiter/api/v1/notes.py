"""Notes of a person or of one of their applications, and their follow-ups."""

from __future__ import annotations

import datetime as dt

import marshmallow as ma

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import User
from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.serializers import records as serializers
from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Note, Task
from recruiter.candidates.records import note_services, record_queries, task_services
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.policy import permits, record_scopes
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_notes

blueprint = Area("notes", "Notes and follow-ups")


class NoteBody(Body):
    """What is written; a private note is for its author and the readers, who are named by address."""

    text = Text(required=True, longest=rules.LONGEST_NOTE)
    private = ma.fields.Boolean(load_default=False, truthy={True}, falsy={False})
    readers = ma.fields.List(Text(longest=254), load_default=list)


class NoteChange(Body):
    """The words of a note, and who else reads a private one; without `readers` they stay."""

    text = Text(required=True, longest=rules.LONGEST_NOTE)
    readers = ma.fields.List(Text(longest=254), load_default=None, allow_none=True)


class TaskBody(Body):
    """What is to be done, by when and by whom: an address."""

    what = Text(required=True, longest=rules.LONGEST_TASK)
    due_on = ma.fields.Date(required=True)
    assignee = Text(required=True, longest=254)


def _users(emails: list[str]) -> list[User]:
    return [accounts.by_email_or_refuse(db.session(), email, field="readers") for email in emails]


def _notes(candidate: Candidate, application_id: int | None = None) -> JsonObject:
    notes = record_queries.notes_about(
        db.session(), candidate, within=record_scopes.notes(actor()), application_id=application_id
    )
    return {"items": [serializers.note(note) for note in notes], "next": None}


@blueprint.get("/candidates/<int:candidate_id>/notes", Permission.CANDIDATE_READ)
def of_candidate(candidate: Candidate) -> JsonObject:
    """The notes on a person that the caller may read, the latest first."""
    return _notes(candidate)


@blueprint.get("/applications/<int:application_id>/notes", Permission.APPLICATION_READ)
def of_application(application: Application) -> JsonObject:
    """The notes on an application, and those on the person as such, the latest first."""
    return _notes(application.candidate, application.id)


def _write(subject: Candidate | Application, body: JsonObject) -> JsonObject:
    readers = _users(body["readers"])
    note = checked_notes.write(
        db.session(), subject=subject, text=body["text"], private=body["private"], readers=readers, act=guard.act()
    )
    return serializers.note(note)


@blueprint.post("/candidates/<int:candidate_id>/notes", Permission.CANDIDATE_NOTE, body=NoteBody, status=201)
def write_on_candidate(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Write a note about a person."""
    return _write(candidate, body)


@blueprint.post("/applications/<int:application_id>/notes", Permission.APPLICATION_NOTE, body=NoteBody, status=201)
def write_on_application(body: JsonObject, application: Application) -> JsonObject:
    """Write a note about an application; calls and mails are contacts."""
    return _write(application, body)


@blueprint.patch("/notes/<int:note_id>", Permission.NOTE_EDIT, body=NoteChange)
def edit(body: JsonObject, note: Note) -> JsonObject:
    """Change a note of one's own; the words it had are kept."""
    readers = None if body["readers"] is None else _users(body["readers"])
    checked_notes.edit(db.session(), note=note, text=body["text"], readers=readers, act=guard.act())
    db.session.flush()
    return serializers.note(note)


@blueprint.post("/notes/<int:note_id>/removal", Permission.NOTE_EDIT)
def remove(note: Note) -> JsonObject:
    """Take a note of one's own away; `undo` brings it back."""
    return {"undo": note_services.remove(db.session(), note=note, act=guard.act())}


def _tasks(candidate: Candidate, application_id: int | None = None) -> JsonObject:
    tasks = record_queries.tasks_about(
        db.session(), candidate, within=record_scopes.tasks(actor()), application_id=application_id
    )
    return {"items": [serializers.task(task) for task in tasks], "next": None}


@blueprint.get("/candidates/<int:candidate_id>/tasks", Permission.CANDIDATE_READ)
def tasks_of_candidate(candidate: Candidate) -> JsonObject:
    """The follow-ups on a person that the caller may see, the next due first."""
    return _tasks(candidate)


@blueprint.get("/applications/<int:application_id>/tasks", Permission.APPLICATION_READ)
def tasks_of_application(application: Application) -> JsonObject:
    """The follow-ups on an application, and those on the person as such, the next due first."""
    return _tasks(application.candidate, application.id)


def _plan(subject: Candidate | Application, body: JsonObject, reading: Permission) -> JsonObject:
    session = db.session()
    assignee = accounts.by_email_or_refuse(session, body["assignee"], field="assignee")
    due_on: dt.date = body["due_on"]
    task = task_services.plan(
        session,
        candidate=subject.candidate if isinstance(subject, Application) else subject,
        application_id=subject.id if isinstance(subject, Application) else None,
        what=body["what"],
        due_on=due_on,
        assignee=assignee,
        sees_subject=permits.permits(session, actor=assignee, permission=reading, on=subject),
        act=guard.act(),
    )
    return serializers.task(task)


@blueprint.post("/candidates/<int:candidate_id>/tasks", Permission.CANDIDATE_NOTE, body=TaskBody, status=201)
def plan_on_candidate(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Plan a follow-up with a person."""
    return _plan(candidate, body, Permission.CANDIDATE_READ)


@blueprint.post("/applications/<int:application_id>/tasks", Permission.APPLICATION_TASK, body=TaskBody, status=201)
def plan_on_application(body: JsonObject, application: Application) -> JsonObject:
    """Plan a follow-up on an application."""
    return _plan(application, body, Permission.APPLICATION_READ)


@blueprint.post("/tasks/<int:task_id>/done", Permission.TASK_SETTLE)
def complete(task: Task) -> JsonObject:
    """Mark a follow-up as done; `undo` opens it again."""
    secret = task_services.complete(db.session(), task=task, act=guard.act())
    db.session.flush()
    return {**serializers.task(task), "undo": secret}
