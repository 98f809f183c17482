"""Notes and follow-ups of a person or of one of their applications."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Note, Task
from recruiter.candidates.records import note_services, task_services
from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_notes
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.record_subjects import home_of, page_again
from recruiter.web.layout.form_page import FormPage
from recruiter.web.pipeline.application import record_forms, records
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_form_unchanged
from recruiter.web.request.form_handling import RejectedForm, handle_act, handle_form

PAY = (
    "It speaks of pay: record what they ask for under Keep warm and what we offer in the offer, then take it out here."
)


def _note_saved(form: record_forms.NoteForm) -> str:
    readers_text = " Only you and the people you named read it." if form.private.data else ""
    return f"Note saved.{readers_text}{f' {PAY}' if rules.mentions_pay(form.text.data or '') else ''}"


@blueprint.act("/candidates/<int:candidate_id>/notes", Permission.CANDIDATE_NOTE)
def note_on_candidate(candidate: Candidate) -> ResponseReturnValue:
    """Write a note about a person."""
    form = record_forms.NoteForm.for_people(records.people())

    def save() -> Note:
        permits.check_seen_by(db.session(), form.chosen_readers, candidate, at="readers")
        return checked_notes.write(db.session(), subject=candidate, act=guard.act(), **form.note())

    return handle_form(
        form,
        save=save,
        again=lambda: page_again(candidate, RejectedForm("note", form)),
        home=home_of(candidate),
        flash=lambda _: _note_saved(form),
    )


@blueprint.act("/applications/<int:application_id>/notes", Permission.APPLICATION_NOTE)
def note_on_application(application: Application) -> ResponseReturnValue:
    """Keep a call, a mail or a note on an application, and by when the candidate hears again."""
    form = record_forms.ComposeForm.for_people(records.people())
    entry = form.entry()
    if entry.is_contact:
        guard.require(Permission.KEEPWARM_WRITE, application)
    is_note = entry.how not in checked_notes.CONTACTS

    def save() -> None:
        permits.check_seen_by(db.session(), entry.readers, application, at="readers")
        checked_notes.log(db.session(), application=application, entry=entry, act=guard.act())

    recorded = f"{record_forms.WAYS.get(entry.how, '')} with {application.candidate.name} recorded."
    return handle_form(
        form,
        save=save,
        again=lambda: page_again(application, RejectedForm("note", form)),
        home=home_of(application),
        flash=lambda _: _note_saved(form) if is_note else recorded,
        fields={"said": "text", "hear_by": "promise_by"},
    )


@blueprint.form("/notes/<int:note_id>/edit", Permission.NOTE_EDIT)
def change_note(note: Note) -> ResponseReturnValue:
    """Change a note of one's own; the words it had are kept."""
    readers = [str(reader.user_id) for reader in note.readers]
    data = {"text": note.text, "version": str(note.version), "readers": readers}
    form = record_forms.NoteForm.for_people(records.people(), data=data)
    home, name = home_of(note), db.session.get_one(Candidate, note.candidate_id).name
    page = FormPage("Change your note", [(name, home), ("Change note", None)], form)

    def save() -> Note:
        check_form_unchanged(form, note, "note")
        text, readers = form.text.data or "", form.chosen_readers
        session = db.session()
        added, subject = note_services.added_readers(note, readers), permits.whom_about(session, note)
        permits.check_seen_by(session, added, subject, at="readers")
        return checked_notes.edit(session, note=note, text=text, readers=readers, act=guard.act())

    return handle_form(
        form,
        save=save,
        again=lambda: page.rendered("candidates/note.html", note=note, back=home),
        home=home,
        flash="Note changed. Its earlier words are kept.",
    )


@blueprint.act("/notes/<int:note_id>/removal", Permission.NOTE_EDIT)
def remove_note(note: Note) -> ResponseReturnValue:
    """Take a note of one's own away, with undo."""
    return handle_act(
        lambda: note_services.remove(db.session(), note=note, act=guard.act()),
        home=home_of(note),
        flash="Note removed.",
        undo=undo_href,
    )


def undo_href(secret: str) -> str:
    """The address that takes an act back, and leads to the person it was about."""
    return url_for("pipeline.undo", secret=secret)


def _plan(subject: Candidate | Application) -> ResponseReturnValue:
    form = record_forms.TaskForm.for_people(records.people())

    def save() -> Task:
        session, assignee = db.session(), form.chosen_assignee
        return task_services.plan(
            session,
            subject=subject,
            what=form.what.data or "",
            due_on=form.due_on.data or guard.today(),
            assignee=assignee,
            sees_subject=permits.sees(session, assignee, subject),
            act=guard.act(),
        )

    return handle_form(
        form,
        save=save,
        again=lambda: page_again(subject, RejectedForm("task", form)),
        home=home_of(subject),
        flash=lambda task: (
            "Follow-up planned. Today shows it to "
            f"{'you' if task.assignee_id == guard.actor().id else task.assignee.name} when it is due."
        ),
    )


@blueprint.act("/applications/<int:application_id>/tasks", Permission.APPLICATION_TASK)
def task_on_application(application: Application) -> ResponseReturnValue:
    """Plan a follow-up on an application."""
    return _plan(application)


@blueprint.act("/candidates/<int:candidate_id>/tasks", Permission.CANDIDATE_NOTE)
def task_on_candidate(candidate: Candidate) -> ResponseReturnValue:
    """Plan a follow-up with a person."""
    return _plan(candidate)


@blueprint.act("/tasks/<int:task_id>/done", Permission.TASK_SETTLE)
def settle_task(task: Task) -> ResponseReturnValue:
    """Mark a follow-up as done, with undo."""
    return handle_act(
        lambda: task_services.complete(db.session(), task=task, act=guard.act()),
        home=home_of(task),
        flash="Follow-up done.",
        undo=undo_href,
    )
