"""A case on paper: the document, and its files."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from recruiter.budget import blind_view
from recruiter.budget.frozen import export as exporting
from recruiter.budget.frozen.integrity import check_intact
from recruiter.budget.models import BudgetCase
from recruiter.documents import html_printer
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import NotFound
from recruiter.policy.permissions import Permission
from recruiter.web.budget.area import blueprint
from recruiter.web.budget.case_page import case_page
from recruiter.web.request import guard


@dataclass(frozen=True)
class DocumentPage:
    """A case to read and print."""

    title: str
    case: BudgetCase
    article: Markup
    draft: bool
    hidden: bool


@blueprint.page("/cases/<int:case_id>/document", Permission.CASE_READ)
def document(case: BudgetCase) -> ResponseReturnValue:
    """The case as a document to read and print."""
    check_intact(case)
    document_shown, hidden = case_page.document_of(case)
    article = Markup(html_printer.article(document_shown))  # noqa: S704  # escaped by the template that made it
    page = DocumentPage(f"Case {case.number}, {document_shown.title}", case, article, document_shown.draft, hidden)
    return render_template("budget/document.html", page=page)


@blueprint.page("/cases/<int:case_id>/export.<form>", Permission.CASE_READ)
def export(case: BudgetCase, form: str) -> Response:
    """The case as a file: the frozen content with number and checksum, or a watermarked draft."""
    if form not in exporting.FORMATS:
        raise NotFound
    blind_view.check_owes_none(db.session(), viewer=guard.actor(), case=case)
    paper = request.args.get("paper", "a4")
    if paper not in exporting.SIZES:
        raise NotFound
    content, _ = case_page.content_of(case)
    export_file = exporting.render(case, content, form=form, paper=paper, zone=guard.zone())
    headers = {"Content-Disposition": f'attachment; filename="{export_file.name}"'}
    return Response(export_file.data, mimetype=export_file.mimetype, headers=headers)
