"""Imports: a history folder as a zip, looked at or brought in, and taken back."""

from __future__ import annotations

import marshmallow as ma
from flask import request
from flask_smorest.fields import Upload

from recruiter.api import guard
from recruiter.api.fields import Text
from recruiter.api.guard import check_version
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import ListQuery, listed
from recruiter.exchange import import_view, queries, services
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy.permissions import Permission

blueprint = Area("imports", "The past brought in")


class ImportFile(ma.Schema):
    """The file."""

    file = Upload(required=True, metadata={"description": "A zip of decisions.csv, ratings.csv, features.csv"})


class ImportForm(Body):
    """How to take the file."""

    format = Text(load_default=None, longest=40)
    dry_run = ma.fields.Boolean(load_default=False)


class ImportUndo(Body):
    """An undo says nothing more than its address."""


@blueprint.get("/imports", Permission.IMPORT, query=ListQuery)
def index(query: JsonObject) -> JsonObject:
    """Imports, newest first."""
    page = queries.imports(db.session(), limit=query["limit"], cursor=query["cursor"])
    return listed(page, [import_view.of_batch(batch) for batch in page.items])


def _planned() -> services.ImportPlan:
    """What the file would bring: a large one takes a while to read, in which others go on writing."""
    upload, format_name = request.files["file"], request.form.get("format")
    planned = services.plan_upload(
        db.session(), file_name=str(upload.filename or ""), stream=upload.stream, format=format_name
    )
    db.session.rollback()
    return planned


@blueprint.post("/imports", Permission.IMPORT, files=ImportFile, form=ImportForm, prepare=_planned, status=201)
def create(_files: JsonObject, form: JsonObject, planned: services.ImportPlan) -> JsonObject:
    """Bring a history folder in, or with `dry_run` tell what that would do."""
    store = services.keep_plan if form["dry_run"] else services.apply
    batch = store(db.session(), planned=planned, act=guard.act())
    return import_view.of_batch(batch, planned=planned)


@blueprint.get("/imports/<int:batch_id>", Permission.IMPORT)
def read(batch_id: int) -> JsonObject:
    """One import."""
    return import_view.of_batch(queries.batch(db.session(), batch_id))


@blueprint.post("/imports/<int:batch_id>/undo", Permission.IMPORT, body=ImportUndo, own_version=True)
def undo(body: JsonObject, batch_id: int) -> JsonObject:  # noqa: ARG001  # an empty body
    """Take a whole import away again; 409 with the list when some of it was changed since."""
    batch = queries.batch(db.session(), batch_id)
    check_version(batch)
    return import_view.of_batch(services.undo(db.session(), batch=batch, act=guard.act()))
