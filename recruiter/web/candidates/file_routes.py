"""Files of a person or of one of their applications: added, downloaded as attachments, removed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates.models import Attachment, Candidate
from recruiter.candidates.records import file_rules, file_services, record_queries
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.pipeline.models import Application
from recruiter.policy import permits, record_scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.note_routes import undo_href
from recruiter.web.candidates.record_subjects import Subject, application_id_of, candidate_of, home_of, subject_of
from recruiter.web.layout import tabs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.pipeline.application import record_forms
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, handle_act, handle_form, has_errors

KIB, MIB = 1024, 1024 * 1024
MISSING = "This file cannot be read any more. Ask whoever runs Recruiter to bring it back from a backup."


@dataclass(frozen=True)
class FileItem:
    """A file in the list."""

    file: Attachment
    kind: str
    size: str
    removes: bool


@dataclass(frozen=True)
class FilesPage:
    """The files of a person or of an application, and the form that adds one."""

    title: str
    person: Candidate
    files: list[FileItem]
    breadcrumbs: Crumbs
    tabs: list[tabs.Tab]
    action: str
    form: record_forms.UploadForm | None
    problem: str
    kinds: list[tuple[str, str]]


def size_of(count: int) -> str:
    """A size in words: “48 kB”, “1.3 MB”."""
    return f"{count / MIB:.1f} MB" if count >= MIB else f"{max(1, round(count / KIB))} kB"


def _page(subject: Subject, form: record_forms.UploadForm | None = None) -> ResponseReturnValue:
    session, viewer = db.session(), guard.actor()
    person, home = candidate_of(subject), home_of(subject)
    attachments = record_queries.files_about(
        session, person, within=record_scopes.files(viewer), application_id=application_id_of(subject)
    )
    adds = Permission.APPLICATION_FILE if isinstance(subject, Application) else Permission.CANDIDATE_FILE
    may_add = permits.permits(session, actor=viewer, permission=adds, on=subject)
    removes_all = permits.permits(session, actor=viewer, permission=Permission.CANDIDATE_DUPLICATES)
    breadcrumbs: Crumbs = [("Candidates", url_for("candidates.index"))]
    if isinstance(subject, Application):
        key = subject.requisition.key
        board = url_for("requisitions.board", requisition_ref=key) if may_add else None
        breadcrumbs = [(subject.requisition.title, board)]
    page = FilesPage(
        title=f"Files of {person.name}",
        person=person,
        files=[
            FileItem(
                file, record_forms.KINDS[file.kind], size_of(file.size), removes_all or file.uploaded_by_id == viewer.id
            )
            for file in attachments
        ],
        breadcrumbs=[*breadcrumbs, (person.name, home), ("Files", None)],
        tabs=tabs.application_tabs(subject, "files", runs=may_add) if isinstance(subject, Application) else [],
        action=_address(subject),
        form=(form or record_forms.UploadForm(formdata=None, data={"for_panel": True})) if may_add else None,
        problem=general_error(form) if form else "",
        kinds=[(kind.value, label) for kind, label in record_forms.KINDS.items()],
    )
    return render_template("candidates/files.html", page=page, has_errors=form is not None and has_errors(form))


def _address(subject: Subject) -> str:
    """Where the files of a person or of an application are listed, and where one is sent to."""
    if isinstance(subject, Application):
        return url_for("candidates.files_of_application", application_id=subject.id)
    return url_for("candidates.files_of_candidate", candidate_id=subject.id)


@blueprint.page("/applications/<int:application_id>/files", Permission.APPLICATION_READ)
def files_of_application(application: Application) -> ResponseReturnValue:
    """The files of an application, and those of the person as such."""
    return _page(application)


@blueprint.page("/candidates/<int:candidate_id>/files", Permission.CANDIDATE_READ)
def files_of_candidate(candidate: Candidate) -> ResponseReturnValue:
    """Every file about a person that the viewer may open."""
    return _page(candidate)


def _add(subject: Subject) -> ResponseReturnValue:
    form = record_forms.UploadForm()
    return handle_form(
        form,
        save=lambda: file_services.add(
            db.session(),
            store=guard.settings().files,
            candidate=candidate_of(subject),
            application_id=application_id_of(subject),
            upload=form.upload(),
            act=guard.act(),
        ),
        again=lambda: _page(subject, form),
        home=_address(subject),
        flash=lambda file: f"{file.name} added.",
    )


@blueprint.act("/applications/<int:application_id>/files", Permission.APPLICATION_FILE)
def file_on_application(application: Application) -> ResponseReturnValue:
    """Add a file to an application."""
    return _add(application)


@blueprint.act("/candidates/<int:candidate_id>/files", Permission.CANDIDATE_FILE)
def file_on_candidate(candidate: Candidate) -> ResponseReturnValue:
    """Add a file to a person."""
    return _add(candidate)


@blueprint.page("/files/<int:file_id>", Permission.FILE_READ)
def file(file: Attachment) -> ResponseReturnValue:
    """Download a file: always as an attachment, in a box where nothing of it can run."""
    content = guard.settings().files.get(file.storage_key)
    if content is None:
        raise NotFound(MISSING)
    return download(file, content)


def download(file: Attachment, content: bytes) -> Response:
    """The bytes of a file as an answer that no browser shows or runs."""
    response = Response(content, content_type=file.media_type)
    response.headers["Content-Disposition"] = file_rules.disposition(file.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@blueprint.act("/files/<int:file_id>/removal", Permission.FILE_REMOVE)
def remove_file(file: Attachment) -> ResponseReturnValue:
    """Remove a file, with undo."""
    return handle_act(
        lambda: file_services.remove(db.session(), file=file, act=guard.act()),
        home=_address(subject_of(file)),
        flash=f"{file.name} removed.",
        undo=undo_href,
    )
