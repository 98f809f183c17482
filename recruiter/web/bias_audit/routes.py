"""The fairness audit: the last one, a new one that runs beside, its tables and the auditor's rows, answers brought in."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Response, render_template, url_for
from flask_wtf import FlaskForm

from recruiter.foundation import jobs
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.foundation.files import csvs
from recruiter.learning.fairness import auditor_rows, report
from recruiter.policy.permissions import Permission
from recruiter.ranking.bias_audit import answer_services, queries, services
from recruiter.web.bias_audit import pages
from recruiter.web.bias_audit.area import blueprint
from recruiter.web.bias_audit.forms import AnswersForm
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash


def _csv_response(name: str, header: Sequence[str], lines: Sequence[Sequence[Any]]) -> Response:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([[csvs.guarded(cell) for cell in line] for line in lines])
    response = Response("\ufeff" + buffer.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/bias-audit")
@guard.needs(Permission.BIAS_AUDIT_READ)
def show() -> Any:
    """What the last audit saw, with its dates, what was not known, and how to read it."""
    return render_template("bias_audit/show.html", page=pages.page_of())


@blueprint.post("/bias-audit/runs")
@guard.needs(Permission.BIAS_AUDIT_RUN)
def run() -> Any:
    """Ask for an audit; it runs beside. One at a time."""
    session, home = db.session(), url_for("bias_audit.show")
    if not FlaskForm().validate():
        return redirect_with_flash(home, message="No audit was begun. Try again.", tone="late")
    if pages.under_way(pages.latest_job(session)):
        return redirect_with_flash(home, message="An audit is under way already. Its result appears here.", tone="due")
    jobs.enqueue(session, services.KIND, payload={}, now=guard.now(), asked_by_id=guard.actor().id)
    session.commit()
    return redirect_with_flash(home, message="The audit is being made. Reload this page to see how far it is.")


@blueprint.get("/bias-audit/tables.csv")
@guard.needs(Permission.BIAS_AUDIT_READ)
def tables() -> Any:
    """Every table of the last audit, as this viewer sees it; the header alone where there is none."""
    audit_run = queries.latest(db.session())
    lines = report.as_lines({"questions": pages.visible(audit_run)}) if audit_run else []
    return _csv_response(
        f"bias-audit-{audit_run.made_at:%Y-%m-%d}.csv" if audit_run else "bias-audit.csv", report.HEADER, lines
    )


@blueprint.post("/bias-audit/rows")
@guard.needs(Permission.BIAS_AUDIT_ROWS)
def rows() -> Any:
    """The auditor's rows, which name nobody; that they were taken out is on record. Raises Conflict without an audit."""
    session = db.session()
    audit_run = queries.latest(session)
    if audit_run is None:
        raise Conflict("There is no audit yet. Run one first.")
    services.record_download(session, audit_run=audit_run, act=guard.act())
    response = _csv_response(
        f"bias-audit-rows-{audit_run.made_at:%Y-%m-%d}.csv", *auditor_rows.as_rows(audit_run.result["cells"])
    )
    session.commit()
    return response


def _render_answers(form: AnswersForm, *, problem: str = "", status: int = 200) -> Any:
    crumbs: list[tuple[str, str | None]] = [("Bias audit", url_for("bias_audit.show")), ("Answers", None)]
    page = pages.AnswersPage("Bring in answers", crumbs, form, problem)
    return render_template("bias_audit/answers.html", page=page, has_errors=bool(problem or form.errors)), status


@blueprint.route("/bias-audit/answers", methods=["GET", "POST"])
@guard.needs(Permission.SELF_IDENTIFICATION_LOAD)
def answers() -> Any:
    """Bring in voluntary answers by file. Nobody can look at single ones afterwards."""
    form, session = AnswersForm(), db.session()
    if not form.is_submitted():
        return _render_answers(form)
    if not form.validate():
        return _render_answers(form, status=422)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.csv"
            form.file.data.save(path)
            load = answer_services.load(
                session,
                path=path,
                consent_version=form.consent_version.data or "",
                act=guard.act(),
            )
    except DomainError as error:
        session.rollback()
        problem = "" if any(_lay(form, name, texts) for name, texts in error.errors.items()) else error.message
        return _render_answers(form, problem=problem, status=error.status)
    session.commit()
    return redirect_with_flash(
        url_for("bias_audit.show"), message=f"{load.answers} answers are kept. Run the audit to see them counted."
    )


def _lay(form: AnswersForm, name: str, texts: list[str]) -> bool:
    """Put what was found at its field; False where it belongs to none."""
    if name not in form:
        return False
    form[name].errors = [*form[name].errors, *texts]
    return True
