"""What a note, a follow-up or a file hangs on: a person, or one of their applications; and the page that it is shown on."""

from __future__ import annotations

from typing import cast

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates.models import Attachment, Candidate, Note, Task
from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.web.candidates import candidate_page
from recruiter.web.pipeline.application import application_page, records

Subject = Candidate | Application


def candidate_of(subject: Subject) -> Candidate:
    """Whom a page is about."""
    return subject.candidate if isinstance(subject, Application) else subject


def application_id_of(subject: Subject) -> int | None:
    """The application that a record belongs to, None where it is about the person as such."""
    return subject.id if isinstance(subject, Application) else None


def home_of(subject: Subject) -> str:
    """The page of a person or of an application."""
    if isinstance(subject, Application):
        return url_for("pipeline.application", application_id=subject.id)
    return url_for("candidates.show", candidate_id=subject.id)


def subject_of(record: Note | Task | Attachment) -> Subject:
    """What a note, a follow-up or a file is about."""
    if record.application_id is not None:
        return cast("Application", db.session.get(Application, record.application_id))
    return cast("Candidate", db.session.get(Candidate, record.candidate_id))


def page_again(subject: Subject, failed: records.FailedForm) -> ResponseReturnValue:
    """The page that a form came from, with what was typed and what was wrong with it."""
    if isinstance(subject, Application):
        page = application_page.page_of(subject, failed=failed)
        return render_template("pipeline/application.html", page=page, has_errors=True)
    return candidate_page.answer(subject, failed=failed)
