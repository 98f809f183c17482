"""What stands in the way of a finalist: concerns, other employers, and whether they are ready."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.contacts import competing_processes, concern_services, readiness_services
from recruiter.keepwarm.models.records import Concern, ConcernKind, ConcernState, Readiness
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import bench_page
from recruiter.web.keepwarm.bench.form_action import handle_bench_form
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_unchanged


@blueprint.act("/applications/<int:application_id>/concerns", Permission.KEEPWARM_WRITE)
def concern(application: Application) -> ResponseReturnValue:
    """Record why a finalist might say no."""
    form = forms.ConcernForm(bench_page.people())

    def save() -> Concern:
        kind, description, owner = ConcernKind(form.kind.data), form.text.data or "", form.chosen_owner
        permits.check_seen_by(db.session(), [owner] if owner else [], application, at="owner")
        return concern_services.raise_concern(
            db.session(), application=application, kind=kind, description=description, owner=owner, act=guard.act()
        )

    return handle_bench_form(application, form, "new-concern", save, flash="Concern recorded.")


@blueprint.act("/concerns/<int:concern_id>", Permission.KEEPWARM_WRITE)
def change_concern(concern: Concern) -> ResponseReturnValue:
    """Answer a concern, hand it over, resolve it."""
    form = forms.ConcernChangeForm(bench_page.people())

    def save() -> Concern:
        check_unchanged(form.version.data, concern, "concern")
        state, answer, owner = ConcernState(form.state.data), form.answer.data or "", form.chosen_owner
        if owner is not None and owner != concern.owner:
            permits.check_seen_by(db.session(), [owner], concern.application, at="owner")
        return concern_services.change_concern(
            db.session(), concern=concern, state=state, answer=answer, owner=owner, act=guard.act()
        )

    return handle_bench_form(concern.application, form, f"concern-{concern.id}", save, flash="Concern changed.")


@blueprint.act("/applications/<int:application_id>/competing-processes", Permission.KEEPWARM_WRITE)
def competing(application: Application) -> ResponseReturnValue:
    """Record what a candidate volunteered of another process."""
    form = forms.competing_form(application)
    return handle_bench_form(
        application,
        form,
        "process",
        lambda: competing_processes.record(db.session(), application=application, act=guard.act(), **form.value()),
        flash="Other process recorded.",
    )


@blueprint.act("/applications/<int:application_id>/readiness", Permission.KEEPWARM_WRITE)
def readiness(application: Application) -> ResponseReturnValue:
    """Record what a finalist answered about being ready."""
    form = forms.ReadinessForm()

    def save() -> Readiness:
        answers = form.value()
        return readiness_services.record_readiness(
            db.session(), application=application, answers=answers, act=guard.act()
        )

    return handle_bench_form(
        application, form, "ready", save, flash=f"Readiness of {application.candidate.name} recorded."
    )
