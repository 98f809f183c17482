"""Imports: looked at first, then brought in, and taken back as a whole."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.exchange import queries, rollback, services
from recruiter.exchange.models import ImportBatch
from recruiter.exchange.services import ImportPlan
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.policy.permissions import Permission
from recruiter.request_context import cursor_asked, next_cursor
from recruiter.web.exchange import pages
from recruiter.web.exchange.area import blueprint
from recruiter.web.exchange.forms import UploadForm
from recruiter.web.request import guard, turn
from recruiter.web.request.form_handling import handle_form, has_errors

SHOWN = 50


def _plan(form: UploadForm) -> ImportPlan:
    upload = form.file.data
    return turn.once(
        lambda: services.plan_upload(db.session(), file_name=str(upload.filename or ""), stream=upload.stream)
    )


def _address(batch: ImportBatch) -> str:
    return url_for("exchange.show", batch_id=batch.id)


def _list(form: UploadForm) -> str:
    imports = queries.imports(db.session(), limit=SHOWN, cursor=cursor_asked())
    items = [pages.ImportItem(batch) for batch in imports.items]
    return pages.ListPage("Import", [], form, items, next_cursor(imports)).rendered("exchange/index.html")


@blueprint.form("/import", Permission.IMPORT)
def index() -> ResponseReturnValue:
    """The imports so far; a new file is looked at first, and nothing is made of it yet."""
    form = UploadForm()
    if not form.is_submitted():
        return _list(form)
    return handle_form(
        form,
        save=lambda: services.keep_plan(db.session(), planned=_plan(form), act=guard.act()),
        again=lambda: _list(form),
        home=_address,
        flash="Checked. Nothing imported yet.",
        look=lambda: _plan(form),
    )


def _import_page(batch: ImportBatch, form: UploadForm) -> str:
    same = queries.applied_before(db.session(), batch.content_digest)
    other = same if same is not None and same.id != batch.id else None
    title, crumbs = f"Import {batch.id}", pages.breadcrumbs(batch)
    return pages.ImportPage(title, crumbs, form, pages.ImportItem(batch), other).rendered("exchange/show.html")


@blueprint.page("/import/<int:batch_id>", Permission.IMPORT)
def show(batch_id: int) -> ResponseReturnValue:
    """One import: what is created, matched, skipped and refused, and each problem with its row."""
    return _import_page(queries.batch(db.session(), batch_id), UploadForm(formdata=None))


@blueprint.act("/import/<int:batch_id>/run", Permission.IMPORT)
def apply(batch_id: int) -> ResponseReturnValue:
    """Bring in what was looked at. The file is asked for again, since none is kept; another one is refused."""
    form = UploadForm()
    batch = queries.batch(db.session(), batch_id)
    known = queries.applied_before(db.session(), batch.content_digest) is not None
    return handle_form(
        form,
        save=lambda: services.apply_kept(db.session(), batch=batch, planned=_plan(form), act=guard.act()),
        again=lambda: _import_page(batch, form),
        home=_address,
        flash="This file had been brought in before; nothing was changed." if known else "Brought in.",
        look=lambda: _plan(form),
    )


def _undo_page(batch: ImportBatch, form: FlaskForm) -> str:
    rows = rollback.changed_since(db.session(), batch)[: rollback.MOST_NAMED] if has_errors(form) else []
    title, crumbs = f"Take back import {batch.id}", pages.breadcrumbs(batch, "Take back")
    return pages.UndoPage(title, crumbs, form, pages.ImportItem(batch), rows).rendered("exchange/undo.html")


@blueprint.form("/import/<int:batch_id>/undo", Permission.IMPORT)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take a whole import back; refused with the list where some of it was changed since."""
    form = FlaskForm()
    batch = queries.batch(db.session(), batch_id)
    if not form.is_submitted():
        return _undo_page(batch, form)

    def take_back() -> ImportBatch:
        try:
            return services.undo(db.session(), batch=batch, act=guard.act())
        except Conflict as error:
            raise Conflict(error.message) from None  # the page lists the rows itself

    flash = f"Import {batch_id} taken back."
    return handle_form(form, save=take_back, again=lambda: _undo_page(batch, form), home=_address, flash=flash)
