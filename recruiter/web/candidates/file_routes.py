"""Files of a person or of one of their applications: added, downloaded as attachments, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, url_for

from recruiter.candidates.models import Attachment, Candidate, FileKind
from recruiter.candidates.records import file_rules, file_services, record_queries
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError, NotFound
from recruiter.foundation.files.file_store import FileStore, LocalFileStore
from recruiter.keepwarm import undo_tokens
from recruiter.pipeline.models import Application
from recruiter.policy import permits, record_scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates import note_routes
from recruiter.web.candidates.area import blueprint
from recruiter.web.layout import tabs
from recruiter.web.pipeline.application import record_forms
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

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
    breadcrumbs: list[tuple[str, str | None]]
    tabs: list[tabs.Tab]
    action: str
    form: Any
    problem: str
    kinds: list[tuple[str, str]]


def store() -> FileStore:
    """Where the bytes of files lie."""
    return LocalFileStore(guard.settings().instance / "files")


def size_of(count: int) -> str:
    """A size in words: “48 kB”, “1.3 MB”."""
    return f"{count / MIB:.1f} MB" if count >= MIB else f"{max(1, round(count / KIB))} kB"


def _page(subject: note_routes.Subject, form: Any = None, *, problem: str = "", status: int = 200) -> Any:
    session, viewer = db.session(), guard.actor()
    person, home = note_routes.person_of(subject), note_routes.home(subject)
    application = subject if isinstance(subject, Application) else None
    attachments = record_queries.files_about(
        session,
        person,
        within=record_scopes.files(viewer),
        application_id=application.id if application else None,
    )
    adds = Permission.APPLICATION_FILE if application else Permission.CANDIDATE_FILE
    may = permits.permits(session, actor=viewer, permission=adds, on=subject)
    removes = permits.permits(session, actor=viewer, permission=Permission.CANDIDATE_DUPLICATES)
    breadcrumbs: list[tuple[str, str | None]] = [("Candidates", url_for("candidates.index")), (person.name, home)]
    row: list[tabs.Tab] = []
    action = url_for("candidates.file_on_candidate", candidate_id=person.id)
    if application is not None:
        board = url_for("requisitions.board", requisition_ref=application.requisition.key) if may else None
        breadcrumbs = [(application.requisition.title, board), (person.name, home)]
        row = tabs.application_tabs(application, "files", runs=may)
        action = url_for("candidates.file_on_application", application_id=application.id)
    page = FilesPage(
        title=f"Files of {person.name}",
        person=person,
        files=[
            FileItem(
                attachment,
                record_forms.KINDS[attachment.kind],
                size_of(attachment.size),
                removes or attachment.uploaded_by_id == viewer.id,
            )
            for attachment in attachments
        ],
        breadcrumbs=[*breadcrumbs, ("Files", None)],
        tabs=row,
        action=action,
        form=(form or record_forms.UploadForm(formdata=None, data={"for_panel": True})) if may else None,
        problem=problem,
        kinds=[(kind.value, label) for kind, label in record_forms.KINDS.items()],
    )
    return render_template("candidates/files.html", page=page, has_errors=status >= 400), status  # noqa: PLR2004


@blueprint.get("/applications/<int:application_id>/files")
@guard.needs(Permission.APPLICATION_READ)
def files_of_application(application: Application) -> Any:
    """The files of an application, and those of the person as such."""
    return _page(application)


@blueprint.get("/candidates/<int:candidate_id>/files")
@guard.needs(Permission.CANDIDATE_READ)
def files_of_candidate(candidate: Candidate) -> Any:
    """Every file about a person that the viewer may open."""
    return _page(candidate)


def _add(subject: note_routes.Subject) -> Any:
    session, form = db.session(), record_forms.UploadForm()
    if not form.validate():
        return _page(subject, form, status=422)
    content = form.file.data.stream.read(file_rules.LARGEST + 1)
    upload = file_services.Upload(form.file.data.filename or "", content, FileKind(form.kind.data), form.for_panel.data)
    try:
        attachment = file_services.add(
            session,
            store=store(),
            candidate=note_routes.person_of(subject),
            application_id=subject.id if isinstance(subject, Application) else None,
            upload=upload,
            act=guard.act(),
        )
    except DomainError as error:
        session.rollback()
        general_error = record_forms.apply_errors(form, error.errors, error.message)
        return _page(subject, form, problem=general_error, status=error.status)
    session.commit()
    return redirect_with_flash(_files(subject), message=f"{attachment.name} added.")


def _files(subject: note_routes.Subject) -> str:
    if isinstance(subject, Application):
        return url_for("candidates.files_of_application", application_id=subject.id)
    return url_for("candidates.files_of_candidate", candidate_id=subject.id)


@blueprint.post("/applications/<int:application_id>/files")
@guard.needs(Permission.APPLICATION_FILE)
def file_on_application(application: Application) -> Any:
    """Add a file to an application."""
    return _add(application)


@blueprint.post("/candidates/<int:candidate_id>/files")
@guard.needs(Permission.CANDIDATE_FILE)
def file_on_candidate(candidate: Candidate) -> Any:
    """Add a file to a person."""
    return _add(candidate)


@blueprint.get("/files/<int:file_id>")
@guard.needs(Permission.FILE_READ)
def file(file: Attachment) -> Any:
    """Download a file: always as an attachment, in a box where nothing of it can run."""
    content = store().get(file.storage_key)
    if content is None:
        raise NotFound(MISSING)
    response = Response(content, content_type=file.media_type)
    response.headers["Content-Disposition"] = file_rules.disposition(file.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@blueprint.post("/files/<int:file_id>/removal")
@guard.needs(Permission.FILE_REMOVE)
def remove_file(file: Attachment) -> Any:
    """Remove a file, with undo."""
    session, _actor, _now = db.session(), guard.actor(), guard.now()
    where = _files(note_routes.subject_of(file))
    file_services.remove(session, file=file, act=guard.act())
    secret = undo_tokens.issue_token(
        session, action=undo_tokens.UndoAction.FILE_REMOVED, payload={"id": file.id}, act=guard.act()
    )
    session.commit()
    return redirect_with_flash(where, message=f"{file.name} removed.", undo=url_for("pipeline.undo", secret=secret))
