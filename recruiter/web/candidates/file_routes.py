"""Files of a person or of one of their applications: added, downloaded as attachments, removed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.candidates.models import Attachment, Candidate, Subject
from recruiter.candidates.records import file_rules, file_services, record_queries
from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Application
from recruiter.policy import record_scopes
from recruiter.policy.permissions import Permission
from recruiter.web.candidates.area import blueprint
from recruiter.web.candidates.note_routes import undo_href
from recruiter.web.layout import breadcrumbs, tabs
from recruiter.web.pipeline.application import record_forms
from recruiter.web.request import guard, turn
from recruiter.web.request.form_handling import general_error, handle_act, handle_form, has_errors

KIB, MIB = 1024, 1024 * 1024


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
    breadcrumbs: breadcrumbs.Crumbs
    tabs: list[tabs.Tab]
    action: str
    form: record_forms.UploadForm | None
    problem: str


def size_of(count: int) -> str:
    """A size in words: “48 kB”, “1.3 MB”."""
    return f"{count / MIB:.1f} MB" if count >= MIB else f"{max(1, round(count / KIB))} kB"


def _page(subject: Candidate | Application, form: record_forms.UploadForm | None = None) -> ResponseReturnValue:
    viewer = guard.actor()
    attachments = record_queries.files_about(db.session(), subject, within=record_scopes.files(viewer))
    removes_all = guard.may(Permission.CANDIDATE_DUPLICATES)
    if isinstance(subject, Application):
        person, may_add = subject.candidate, guard.may(Permission.APPLICATION_FILE, subject)
        way = breadcrumbs.of_application(subject, "Files", shows_board=may_add)
        file_tabs = tabs.application_tabs(subject, "files", runs=may_add)
    else:
        person, may_add, file_tabs = subject, guard.may(Permission.CANDIDATE_FILE, subject), []
        way = breadcrumbs.of_candidate(subject, "Files")
    page = FilesPage(
        title=f"Files of {person.name}",
        person=person,
        files=[
            FileItem(file, record_forms.KINDS[file.kind], size_of(file.size), removes_all or file.uploaded_by == viewer)
            for file in attachments
        ],
        breadcrumbs=way,
        tabs=file_tabs,
        action=_address(subject),
        form=(form or record_forms.UploadForm(formdata=None, data={"for_panel": True})) if may_add else None,
        problem=general_error(form) if form else "",
    )
    return render_template("candidates/files.html", page=page, has_errors=form is not None and has_errors(form))


def _address(subject: Subject) -> str:
    """Where the files of a person or of an application are listed, and where one is sent to."""
    if subject.application_id is not None:
        return url_for("candidates.files_of_application", application_id=subject.application_id)
    return url_for("candidates.files_of_candidate", candidate_id=subject.candidate_id)


@blueprint.page("/applications/<int:application_id>/files", Permission.APPLICATION_READ)
def files_of_application(application: Application) -> ResponseReturnValue:
    """The files of an application, and those of the person as such."""
    return _page(application)


@blueprint.page("/candidates/<int:candidate_id>/files", Permission.CANDIDATE_READ)
def files_of_candidate(candidate: Candidate) -> ResponseReturnValue:
    """Every file about a person that the viewer may open."""
    return _page(candidate)


def _add(subject: Candidate | Application) -> ResponseReturnValue:
    form = record_forms.UploadForm()

    def checked() -> file_services.CheckedUpload:
        return turn.once(lambda: file_services.checked(form.upload()))

    return handle_form(
        form,
        save=lambda: file_services.add(
            db.session(), store=guard.settings().files, subject=subject, upload=checked(), act=guard.act()
        ),
        again=lambda: _page(subject, form),
        home=_address(subject),
        flash=lambda file: f"{file.name} added.",
        look=checked,
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
    """Download a file: always as an attachment, in a box where nothing of it can run or is shown."""
    response = Response(file_services.content_of(file, store=guard.settings().files), content_type=file.media_type)
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
        home=_address(file),
        flash=f"{file.name} removed.",
        undo=undo_href,
    )
