"""Imports: looked at first, then brought in, and taken back as a whole."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from flask import render_template, request, url_for

from recruiter.exchange import import_folder, queries, services
from recruiter.exchange.models import ImportBatch, ImportState
from recruiter.exchange.services import ImportPlan
from recruiter.foundation.database.db import db
from recruiter.foundation.database.paging import BadCursor
from recruiter.foundation.errors import Conflict, DomainError, RuleBroken
from recruiter.learning.history.csv_table import HistoryRefused
from recruiter.policy.permissions import Permission
from recruiter.web.exchange import pages
from recruiter.web.exchange.area import blueprint
from recruiter.web.exchange.forms import UndoForm, UploadForm
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash

SHOWN = 50
OTHER_FILE = "This is another file than the one that was looked at. Look at it first, then bring it in."


def _apply_errors(form: Any, error: DomainError) -> str:
    """Put what was found at the file; what belongs elsewhere comes back."""
    file_errors = error.errors.get("file")
    if file_errors:
        form.file.errors = [*form.file.errors, *file_errors]
        return ""
    return error.message


def _plan(form: UploadForm) -> ImportPlan:
    """Look at the uploaded zip. Raises RuleBroken with what is wrong with it."""
    upload = form.file.data
    if str(upload.filename or "").lower().endswith(".csv"):
        raise RuleBroken.at("file", "This is a single file. Send a zip that holds decisions.csv and ratings.csv.")
    with tempfile.TemporaryDirectory() as place:
        folder = import_folder.unpack(upload.stream, Path(place) / "upload")
        try:
            return services.plan(db.session(), folder=folder)
        except HistoryRefused as refusal:
            raise RuleBroken.at("file", str(refusal)) from None


def _list(form: UploadForm, *, problem: str = "", status: int = 200) -> Any:
    session = db.session()
    try:
        imports = queries.imports(session, limit=SHOWN, cursor=request.args.get("cursor"))
    except BadCursor:
        imports = queries.imports(session, limit=SHOWN, cursor=None)
    page = pages.ListPage("Import", [pages.import_item(batch) for batch in imports.items], imports.next, form, problem)
    return render_template("exchange/index.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.route("/import", methods=["GET", "POST"])
@guard.needs(Permission.IMPORT)
def index() -> Any:
    """The imports so far; a new file is looked at first, and nothing is made of it yet."""
    form, session = UploadForm(), db.session()
    if not form.is_submitted():
        return _list(form)
    if not form.validate():
        return _list(form, status=422)
    try:
        batch = services.keep_plan(session, planned=_plan(form), act=guard.act())
    except DomainError as error:
        session.rollback()
        return _list(form, problem=_apply_errors(form, error), status=error.status)
    session.commit()
    return redirect_with_flash(
        url_for("exchange.show", batch_id=batch.id), message="Looked at. Nothing has been changed yet."
    )


def _crumbs(batch: ImportBatch, *more: str) -> pages.Crumbs:
    own = f"Import {batch.id}"
    crumbs: pages.Crumbs = [("Import", url_for("exchange.index"))]
    if not more:
        return [*crumbs, (own, None)]
    return [*crumbs, (own, url_for("exchange.show", batch_id=batch.id)), *((title, None) for title in more)]


def _import_page(batch: ImportBatch, form: UploadForm, *, problem: str = "", status: int = 200) -> Any:
    same = queries.applied_before(db.session(), batch.content_digest)
    page = pages.import_page(batch, same=same, crumbs=_crumbs(batch), form=form, problem=problem)
    return render_template("exchange/show.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.get("/import/<int:batch_id>")
@guard.needs(Permission.IMPORT)
def show(batch_id: int) -> Any:
    """One import: what is created, matched, skipped and refused, and each problem with its row."""
    return _import_page(queries.batch(db.session(), batch_id), UploadForm(formdata=None))


@blueprint.post("/import/<int:batch_id>/run")
@guard.needs(Permission.IMPORT)
def apply(batch_id: int) -> Any:
    """Bring in what was looked at. The file is asked for again, since none is kept; another one is refused."""
    session, form = db.session(), UploadForm()
    batch = queries.batch(session, batch_id)
    if not form.validate():
        return _import_page(batch, form, status=422)
    try:
        if batch.state != ImportState.PLANNED:
            raise Conflict(f"Import {batch.id} is {batch.state.value}. Look at the file anew to bring it in.")
        planned = _plan(form)
        if planned.content_digest != batch.content_digest:
            raise RuleBroken.at("file", OTHER_FILE)
        applied = services.apply(session, planned=planned, act=guard.act())
    except DomainError as error:
        session.rollback()
        return _import_page(
            queries.batch(session, batch_id), form, problem=_apply_errors(form, error), status=error.status
        )
    session.commit()
    flash = "This file had been brought in before; nothing was changed." if planned.earlier else "Brought in."
    return redirect_with_flash(url_for("exchange.show", batch_id=applied.id), message=flash)


def _undo_page(batch: ImportBatch, form: UndoForm, *, problem: str = "", rows: list[str] | None = None) -> str:
    page = pages.UndoPage(
        f"Take back import {batch.id}",
        _crumbs(batch, "Take back"),
        pages.import_item(batch),
        pages.counts_of(batch),
        form,
        problem,
        rows or [],
    )
    return render_template("exchange/undo.html", page=page, has_errors=bool(problem))


@blueprint.route("/import/<int:batch_id>/undo", methods=["GET", "POST"])
@guard.needs(Permission.IMPORT)
def undo(batch_id: int) -> Any:
    """Take a whole import back; refused with the list where some of it was changed since."""
    session, form = db.session(), UndoForm()
    batch = queries.batch(session, batch_id)
    if not form.validate_on_submit():
        return _undo_page(batch, form), 422 if form.is_submitted() else 200
    try:
        services.undo(session, batch=batch, act=guard.act())
    except DomainError as error:
        session.rollback()
        batch = queries.batch(session, batch_id)
        return _undo_page(batch, form, problem=error.message, rows=error.errors.get("rows")), error.status
    session.commit()
    return redirect_with_flash(url_for("exchange.show", batch_id=batch_id), message=f"Import {batch_id} taken back.")
