"""Files of a person or of one of their applications: listed, added as a form, downloaded, removed."""

from __future__ import annotations

from flask import Response, request

from recruiter.api import guard
from recruiter.api.guard import actor
from recruiter.api.openapi import Area
from recruiter.api.serializers import records as serializers
from recruiter.api.subjects import on_subject
from recruiter.candidates.models import Attachment, FileKind, Subject
from recruiter.candidates.records import file_rules, file_services, record_queries
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import record_scopes
from recruiter.policy.permissions import Permission
from recruiter.request_context import settings

blueprint = Area("files", "Files of candidates")


@on_subject(blueprint.get, "files", Permission.CANDIDATE_READ, Permission.APPLICATION_READ)
def index(subject: Subject) -> JsonObject:
    """The files that the caller may open, the latest first; on an application, with those on the person as such."""
    files = record_queries.files_about(db.session(), subject, within=record_scopes.files(actor()))
    return {"items": [serializers.file(file) for file in files], "next": None}


def _upload() -> file_services.CheckedUpload:
    sent, kind = request.files.get("file"), request.form.get("kind", FileKind.OTHER.value)
    if sent is None:
        raise RuleBroken.at("file", "Send the file as the part `file` of multipart/form-data.")
    if kind not in {known.value for known in FileKind}:
        raise RuleBroken.at("kind", f"Give one of {', '.join(known.value for known in FileKind)}.")
    content = sent.stream.read(file_rules.LARGEST + 1)
    for_panel = request.form.get("for_panel", "true") == "true"
    return file_services.checked(file_services.Upload(sent.filename or "", content, FileKind(kind), for_panel))


@on_subject(
    blueprint.post, "files", Permission.CANDIDATE_FILE, Permission.APPLICATION_FILE, status=201, prepare=_upload
)
def add(upload: file_services.CheckedUpload, subject: Subject) -> JsonObject:
    """Add a file, as multipart/form-data with `file`, `kind` and `for_panel` (true or false)."""
    file = file_services.add(db.session(), store=settings().files, subject=subject, upload=upload, act=guard.act())
    return serializers.file(file)


@blueprint.get("/files/<int:file_id>/content", Permission.FILE_READ, status=None)
def content(file: Attachment) -> Response:
    """The bytes of a file, always as an attachment."""
    stored = file_services.content_of(file, store=settings().files)
    headers = {"Content-Disposition": file_rules.disposition(file.name), "X-Content-Type-Options": "nosniff"}
    return Response(stored, content_type=file.media_type, headers=headers)


@blueprint.post("/files/<int:file_id>/removal", Permission.FILE_REMOVE)
def remove(file: Attachment) -> JsonObject:
    """Remove a file; `undo` brings it back while its bytes are there, for 30 minutes."""
    return {"undo": file_services.remove(db.session(), file=file, act=guard.act())}
