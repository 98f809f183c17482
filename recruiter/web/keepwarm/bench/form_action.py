"""How an act on one finalist goes: done once, or back on the bench record with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.pipeline.models import Application
from recruiter.web.keepwarm.bench import bench_page
from recruiter.web.request.form_handling import RejectedForm, handle_form
from recruiter.web.request.redirects import came_from

Saved = TypeVar("Saved")


def handle_bench_form(
    application: Application,
    form: FlaskForm,
    key: str,
    save: Callable[[], Saved],
    *,
    flash: str | Callable[[Saved], str],
    fields: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Do what a form of the bench record says; `key` is the form's place on the page, the rest as in `handle_form`."""
    return handle_form(
        form,
        save=save,
        again=lambda: bench_page.render(application, RejectedForm(key, form)),
        home=came_from(url_for("keepwarm.of_application", application_id=application.id)),
        flash=flash,
        fields=fields,
    )
