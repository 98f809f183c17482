"""The fairness audit: the last one, a new one that runs beside, its tables and the auditor's rows, answers brought in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation import jobs
from recruiter.foundation.database import sound_reading
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.learning.fairness import auditor_rows, report
from recruiter.learning.fairness.suppression import suppressed_audit
from recruiter.policy.permissions import Permission
from recruiter.ranking.bias_audit import answer_services, queries, services
from recruiter.ranking.bias_audit.models import AuditRun
from recruiter.web.bias_audit import pages
from recruiter.web.bias_audit.area import blueprint
from recruiter.web.bias_audit.forms import AnswersForm
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.layout.form_page import FormPage
from recruiter.web.request import guard, turn
from recruiter.web.request.downloads import csv_download
from recruiter.web.request.form_handling import handle_form
from recruiter.web.request.redirects import redirect_with_flash


@blueprint.page("/bias-audit", Permission.BIAS_AUDIT_READ)
def show() -> ResponseReturnValue:
    """What the last audit saw, with its dates, what was not known, and how to read it."""
    return render_template("bias_audit/show.html", page=pages.page_of())


@blueprint.act("/bias-audit/runs", Permission.BIAS_AUDIT_RUN)
def run() -> ResponseReturnValue:
    """Ask for an audit; it runs beside. One at a time."""
    home = url_for("bias_audit.show")
    if not FlaskForm().validate():
        return redirect_with_flash(home, "No audit was begun. Try again.", tone="late")
    _, started = jobs.ask_once(db.session(), services.KIND, now=guard.now(), asked_by_id=guard.actor().id)
    if not started:
        return redirect_with_flash(home, "An audit is under way already. Its result appears here.", tone="due")
    return redirect_with_flash(home, "The audit is being made. Reload this page to see how far it is.")


@blueprint.page("/bias-audit/tables.csv", Permission.BIAS_AUDIT_READ)
def tables() -> ResponseReturnValue:
    """Every table of the last audit, without its small cells; the header alone where there is none."""
    session = db.session()

    def last() -> tuple[AuditRun | None, list[list[object]]]:
        audit_run = queries.latest(session)
        return audit_run, report.as_lines(suppressed_audit(audit_run.result)) if audit_run else []

    (audit_run, lines), damaged = sound_reading.read_around(session, last)
    name = f"bias-audit-{audit_run.made_at:%Y-%m-%d}.csv" if audit_run else "bias-audit.csv"
    return csv_download(name, report.HEADER, lines, left_out=damaged)


@blueprint.act("/bias-audit/rows", Permission.BIAS_AUDIT_ROWS)
def rows() -> ResponseReturnValue:
    """The auditor's rows, which name nobody; that they were taken out is on record. Raises Conflict without an audit."""
    session = db.session()
    audit_run, damaged = sound_reading.read_around(session, lambda: queries.latest(session))
    if audit_run is None:
        raise Conflict("There is no audit yet. Run one first.")
    services.record_download(session, audit_run=audit_run, act=guard.act())
    name = f"bias-audit-rows-{audit_run.made_at:%Y-%m-%d}.csv"
    return csv_download(name, *auditor_rows.as_rows(audit_run.result["cells"]), left_out=damaged)


@blueprint.form("/bias-audit/answers", Permission.SELF_IDENTIFICATION_LOAD)
def answers() -> ResponseReturnValue:
    """Bring in voluntary answers by file. Nobody can look at single ones afterwards."""
    form, home = AnswersForm(), url_for("bias_audit.show")
    way: Crumbs = [("Bias audit", home), ("Answers", None)]

    def sent() -> answer_services.SentAnswers:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.csv"
            form.file.data.save(path)
            return answer_services.read(path)

    def save() -> int:
        consent_version, answers = form.consent_version.data or "", turn.once(sent)
        load = answer_services.save(db.session(), sent=answers, consent_version=consent_version, act=guard.act())
        return load.answers

    return handle_form(
        form,
        save=save,
        again=lambda: FormPage("Bring in answers", way, form).rendered("bias_audit/answers.html"),
        home=home,
        flash=lambda count: f"{count} answers are kept. Run the audit to see them counted.",
        look=lambda: turn.once(sent),
    )
