"""How an act on one finalist goes: done once, or back on the bench record with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.pipeline.models import Application
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.bench import bench_page
from recruiter.web.request.redirects import redirect_with_flash, safe_path


def act_on(application: Application, *, key: str, form: Any, act: Callable[[], str], **places: str) -> Any:
    """Do what a form says and go back to where it stood; on an error the bench record comes with what was typed."""
    problem, status = "", 422
    if form.validate():
        try:
            message = act()
        except DomainError as error:
            db.session.rollback()
            problem, status = forms.apply_errors(form, error.errors, error.message, **places), error.status
        else:
            db.session.commit()
            home = url_for("keepwarm.of_application", application_id=application.id)
            return redirect_with_flash(safe_path(request.form.get("back")) or home, message=message)
    page = bench_page.page_of(application, bench_page.Failed(key, form, problem))
    return render_template("keepwarm/bench.html", page=page, has_errors=True), status
