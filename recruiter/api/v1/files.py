"""Files of a person or of one of their applications: listed, added as a form, downloaded, removed."""

from __future__ import annotations

from flask import Response, request

from recruiter.api import guard
from recruiter.api.guard import actor
from recruiter.api.openapi import Area
from recruiter.api.serializers import records as serializers
from recruiter.candidates.models import Attachment, Candidate, FileKind
from recruiter.candidates.records import file_rules, file_services, record_queries
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound, RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.policy import record_scopes
from recruiter.policy.permissions import Permission
from recruiter.request_context import settings

blueprint = Area("files", "Files of candidates")
MISSING = "This file cannot be read any more. Ask whoever runs Recruiter to bring it back from a backup."


def _files(candidate: Candidate, application_id: int | None = None) -> JsonObject:
    files = record_queries.files_about(
        db.session(), candidate, within=record_scopes.files(actor()), application_id=application_id
    )
    return {"items": [serializers.file(file) for file in files], "next": None}


@blueprint.get("/candidates/<int:candidate_id>/files", Permission.CANDIDATE_READ)
def of_candidate(candidate: Candidate) -> JsonObject:
    """The files on a person that the caller may open, the latest first."""
    return _files(candidate)


@blueprint.get("/applications/<int:application_id>/files", Permission.APPLICATION_READ)
def of_application(application: Application) -> JsonObject:
    """The files on an application, and those on the person as such, the latest first."""
    return _files(application.candidate, application.id)


def _upload() -> file_services.Upload:
    """The file of a request in multipart/form-data: `file`, `kind` and `for_panel` (true or false)."""
    sent, kind = request.files.get("file"), request.form.get("kind", FileKind.OTHER.value)
    if sent is None:
        raise RuleBroken.at("file", "Send the file as the part `file` of multipart/form-data.")
    if kind not in {known.value for known in FileKind}:
        raise RuleBroken.at("kind", f"Give one of {', '.join(known.value for known in FileKind)}.")
    content = sent.stream.read(file_rules.LARGEST + 1)
    for_panel = request.form.get("for_panel", "true") == "true"
    return file_services.Upload(sent.filename or "", content, FileKind(kind), for_panel)


def _add(candidate: Candidate, application_id: int | None = None) -> JsonObject:
    file = file_services.add(
        db.session(),
        store=settings().files,
        candidate=candidate,
        application_id=application_id,
        upload=_upload(),
        act=guard.act(),
    )
    return serializers.file(file)


@blueprint.post("/candidates/<int:candidate_id>/files", Permission.CANDIDATE_FILE, status=201)
def add_to_candidate(candidate: Candidate) -> JsonObject:
    """Add a file to a person, as multipart/form-data with `file`, `kind` and `for_panel`."""
    return _add(candidate)


@blueprint.post("/applications/<int:application_id>/files", Permission.APPLICATION_FILE, status=201)
def add_to_application(application: Application) -> JsonObject:
    """Add a file to an application, as multipart/form-data with `file`, `kind` and `for_panel`."""
    return _add(application.candidate, application.id)


@blueprint.get("/files/<int:file_id>/content", Permission.FILE_READ, status=None)
def content(file: Attachment) -> Response:
    """The bytes of a file, always as an attachment."""
    stored = settings().files.get(file.storage_key)
    if stored is None:
        raise NotFound(MISSING)
    headers = {"Content-Disposition": file_rules.disposition(file.name), "X-Content-Type-Options": "nosniff"}
    return Response(stored, content_type=file.media_type, headers=headers)


@blueprint.post("/files/<int:file_id>/removal", Permission.FILE_REMOVE)
def remove(file: Attachment) -> JsonObject:
    """Remove a file; `undo` brings it back while its bytes are there, for 30 minutes."""
    return {"undo": file_services.remove(db.session(), file=file, act=guard.act())}
