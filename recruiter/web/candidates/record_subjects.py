"""The page that notes, follow-ups and files are shown on: that of a person, or of the application that they are about."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates.models import Candidate, Subject
from recruiter.pipeline.models import Application
from recruiter.web.candidates import candidate_page
from recruiter.web.pipeline.application import application_page
from recruiter.web.request.form_handling import RejectedForm


def home_of(subject: Subject) -> str:
    """The page of a person or of an application, for a note, a follow-up or a file too."""
    if subject.application_id is not None:
        return url_for("pipeline.application", application_id=subject.application_id)
    return url_for("candidates.show", candidate_id=subject.candidate_id)


def page_again(subject: Candidate | Application, failed: RejectedForm) -> ResponseReturnValue:
    """The page that a form came from, with what was typed and what was wrong with it."""
    if isinstance(subject, Application):
        page = application_page.page_of(subject, failed=failed)
        return render_template("pipeline/application.html", page=page, has_errors=True)
    return candidate_page.answer(subject, failed=failed)
