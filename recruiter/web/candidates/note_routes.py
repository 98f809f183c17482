"""Notes and follow-ups of a person or of one of their applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import render_template, url_for

from recruiter.accounts.models import User
from recruiter.budget.content_check import check
from recruiter.candidates import rules
from recruiter.candidates.models import Attachment, Candidate, Note, Task
from recruiter.candidates.records import note_services, task_services
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, RuleBroken
from recruiter.keepwarm import undo_tokens
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.candidates import candidate_page
from recruiter.web.candidates.area import blueprint
from recruiter.web.pipeline.application import application_page as application_showing
from recruiter.web.pipeline.application import record_forms, records
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

Subject = Candidate | Application
PAY = (
    " It speaks of pay: record what they ask for under Keep warm and what we offer in the offer, then take it out here."
)
STALE = "Not saved. This note was changed while you wrote. Check what stands there now, then save again."


@dataclass(frozen=True)
class NotePage:
    """The form in which a note is changed."""

    title: str
    note: Note
    form: Any
    problem: str
    back: str
    breadcrumbs: list[tuple[str, str | None]]


def person_of(subject: Subject) -> Candidate:
    """Whom a page is about."""
    return subject.candidate if isinstance(subject, Application) else subject


def home(subject: Subject) -> str:
    """The page of a person or of an application."""
    if isinstance(subject, Application):
        return url_for("pipeline.application", application_id=subject.id)
    return url_for("candidates.show", candidate_id=subject.id)


def page_with_errors(subject: Subject, failed: records.FailedForm, status: int) -> Any:
    """The page that a form came from, with what was typed and what was wrong with it."""
    if isinstance(subject, Application):
        page = application_showing.page_of(subject, failed=failed)
        return render_template("pipeline/application.html", page=page, has_errors=True), status
    return candidate_page.answer(subject, status=status, failed=failed)


def handle_form(subject: Subject, key: str, form: Any, act: Callable[[], str], **places: str) -> Any:
    """Do what a form says and go back to where it stood; on an error the page comes with what was typed."""
    problem, status = "", 422
    if form.validate():
        try:
            message = act()
        except DomainError as error:
            db.session.rollback()
            problem, status = record_forms.apply_errors(form, error.errors, error.message, **places), error.status
        else:
            db.session.commit()
            return redirect_with_flash(home(subject), message=message)
    return page_with_errors(subject, records.FailedForm(key, form, problem), status)


def check_past_pay(note: str) -> None:
    """Past pay is never written down (RuleBroken at `text`); what they expect has its own place."""
    for finding in check.check(note):
        if finding.topic == "past pay":
            phrases = ", ".join(f"“{phrase}”" for phrase in finding.matches)
            raise RuleBroken.at("text", f"Notes hold no current or past pay ({phrases}). Take these words out.")


def _chosen(people: list[User], ids: list[str] | None) -> list[User]:
    return [user for user in people if str(user.id) in set(ids or [])]


def write_note(subject: Subject, form: record_forms.NoteForm, people: list[User]) -> str:
    """Write the note that a form holds, and say who reads it."""
    note_services.write(
        db.session(),
        candidate=person_of(subject),
        application_id=subject.id if isinstance(subject, Application) else None,
        note_text=form.text.data or "",
        private=form.private.data,
        readers=_chosen(people, form.readers.data),
        act=guard.act(),
    )
    readers_text = " Only you and the people you named read it." if form.private.data else ""
    return f"Note saved.{readers_text}{PAY if rules.mentions_pay(form.text.data or '') else ''}"


@blueprint.post("/candidates/<int:candidate_id>/notes")
@guard.needs(Permission.CANDIDATE_NOTE)
def note_on_candidate(candidate: Candidate) -> Any:
    """Write a note about a person."""
    people = records.people()
    form = record_forms.with_people(record_forms.NoteForm(), people)

    def act() -> str:
        check_past_pay(form.text.data)
        return write_note(candidate, form, people)

    return handle_form(candidate, "note", form, act)


def subject_of(record: Note | Task | Attachment) -> Subject:
    """What a note, a follow-up or a file is about."""
    session = db.session()
    if record.application_id is not None:
        return cast("Application", session.get(Application, record.application_id))
    return cast("Candidate", session.get(Candidate, record.candidate_id))


def _note_page(note: Note, form: Any, *, problem: str = "", status: int = 200) -> Any:
    subject = subject_of(note)
    where, name = home(subject), person_of(subject).name
    page = NotePage("Change your note", note, form, problem, where, [(name, where), ("Change note", None)])
    return render_template("candidates/note.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.route("/notes/<int:note_id>/edit", methods=["GET", "POST"])
@guard.needs(Permission.NOTE_EDIT)
def change_note(note: Note) -> Any:
    """Change a note of one's own; the words it had are kept."""
    people = records.people()
    data = {
        "text": note.text,
        "version": str(note.version),
        "readers": [str(reader.user_id) for reader in note.readers],
    }
    form = record_forms.with_people(record_forms.NoteForm(data=data), people)
    if not form.is_submitted():
        return _note_page(note, form)
    if form.version.data != str(note.version):
        form.version.data = str(note.version)
        return _note_page(note, form, problem=STALE, status=409)
    if not form.validate():
        return _note_page(note, form, status=422)
    session = db.session()
    try:
        check_past_pay(form.text.data)
        readers = _chosen(people, form.readers.data) if note.private else None
        note_services.edit(session, note=note, note_text=form.text.data, readers=readers, act=guard.act())
    except DomainError as error:
        session.rollback()
        general_error = record_forms.apply_errors(form, error.errors, error.message)
        return _note_page(note, form, problem=general_error, status=error.status)
    session.commit()
    return redirect_with_flash(home(subject_of(note)), message="Note changed. Its earlier words are kept.")


@blueprint.post("/notes/<int:note_id>/removal")
@guard.needs(Permission.NOTE_EDIT)
def remove_note(note: Note) -> Any:
    """Take a note of one's own away, with undo."""
    session, _actor, _now = db.session(), guard.actor(), guard.now()
    note_services.remove(session, note=note, act=guard.act())
    secret = undo_tokens.issue_token(
        session, action=undo_tokens.UndoAction.NOTE_REMOVED, payload={"id": note.id}, act=guard.act()
    )
    where = home(subject_of(note))
    session.commit()
    return redirect_with_flash(where, message="Note removed.", undo=url_for("pipeline.undo", secret=secret))


def _task(subject: Subject, permission: Permission) -> Any:
    people = records.people()
    form = record_forms.with_people(record_forms.TaskForm(), people)

    def act() -> str:
        assignee = next(user for user in people if str(user.id) == form.assignee.data)
        if not permits.permits(db.session(), actor=assignee, permission=permission, on=subject):
            raise RuleBroken.at("assignee", f"{assignee.name} does not see this person. Choose somebody who does.")
        task_services.plan(
            db.session(),
            candidate=person_of(subject),
            application_id=subject.id if isinstance(subject, Application) else None,
            what=form.what.data,
            due_on=cast("dt.date", form.due_on.data),
            assignee=assignee,
            act=guard.act(),
        )
        assignee_text = "you" if assignee.id == guard.actor().id else assignee.name
        return f"Follow-up planned. Today shows it to {assignee_text} when it is due."

    return handle_form(subject, "task", form, act)


@blueprint.post("/applications/<int:application_id>/tasks")
@guard.needs(Permission.APPLICATION_TASK)
def task_on_application(application: Application) -> Any:
    """Plan a follow-up on an application."""
    return _task(application, Permission.APPLICATION_READ)


@blueprint.post("/candidates/<int:candidate_id>/tasks")
@guard.needs(Permission.CANDIDATE_NOTE)
def task_on_candidate(candidate: Candidate) -> Any:
    """Plan a follow-up with a person."""
    return _task(candidate, Permission.CANDIDATE_READ)


@blueprint.post("/tasks/<int:task_id>/done")
@guard.needs(Permission.TASK_SETTLE)
def settle_task(task: Task) -> Any:
    """Mark a follow-up as done, with undo."""
    session, _actor, _now = db.session(), guard.actor(), guard.now()
    where = home(subject_of(task))
    try:
        task_services.complete(session, task=task, act=guard.act())
    except DomainError as error:
        session.rollback()
        return redirect_with_flash(where, message=error.message, tone="late")
    secret = undo_tokens.issue_token(
        session, action=undo_tokens.UndoAction.TASK_DONE, payload={"id": task.id}, act=guard.act()
    )
    session.commit()
    return redirect_with_flash(where, message="Follow-up done.", undo=url_for("pipeline.undo", secret=secret))
