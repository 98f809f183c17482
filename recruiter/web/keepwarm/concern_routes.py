"""What stands in the way of a finalist: concerns, other employers, and whether they are ready."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.contacts import competing_processes, concern_services, readiness_services
from recruiter.keepwarm.models.records import Concern, ConcernKind, ConcernState
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import bench_page, process_form
from recruiter.web.keepwarm.bench.form_action import handle_bench_form
from recruiter.web.request import guard
from recruiter.web.request.conflicts import check_unchanged


@blueprint.act("/applications/<int:application_id>/concerns", Permission.KEEPWARM_WRITE)
def concern(application: Application) -> ResponseReturnValue:
    """Record why a finalist might say no."""
    people = bench_page.people()
    form = forms.own(forms.ConcernForm(), people)
    return handle_bench_form(
        application,
        form,
        key="new-concern",
        save=lambda: concern_services.raise_concern(
            db.session(),
            application=application,
            kind=ConcernKind(form.kind.data),
            description=form.text.data or "",
            owner=forms.owner_of(form, people),
            act=guard.act(),
        ),
        flash="Concern recorded.",
    )


@blueprint.act("/concerns/<int:concern_id>", Permission.KEEPWARM_WRITE)
def change_concern(concern: Concern) -> ResponseReturnValue:
    """Answer a concern, hand it over, resolve it."""
    people = bench_page.people()
    form = forms.own(forms.ConcernChangeForm(), people)

    def save() -> Concern:
        check_unchanged(form.version.data, concern, "concern")
        return concern_services.change_concern(
            db.session(),
            concern=concern,
            state=ConcernState(form.state.data),
            answer=form.answer.data or "",
            owner=forms.owner_of(form, people),
            act=guard.act(),
        )

    application = concern.application
    return handle_bench_form(application, form, key=f"concern-{concern.id}", save=save, flash="Concern changed.")


@blueprint.act("/applications/<int:application_id>/competing-processes", Permission.KEEPWARM_WRITE)
def competing(application: Application) -> ResponseReturnValue:
    """Record what a candidate volunteered of another process."""
    form = process_form.form_for(application)
    return handle_bench_form(
        application,
        form,
        key="process",
        save=lambda: competing_processes.record(db.session(), application=application, act=guard.act(), **form.value()),
        flash="Other process recorded.",
    )


@blueprint.act("/applications/<int:application_id>/readiness", Permission.KEEPWARM_WRITE)
def readiness(application: Application) -> ResponseReturnValue:
    """Record what a finalist answered about being ready."""
    form = forms.ReadinessForm()
    return handle_bench_form(
        application,
        form,
        key="ready",
        save=lambda: readiness_services.record_readiness(
            db.session(), application=application, answers=form.value(), act=guard.act()
        ),
        flash=f"Readiness of {application.candidate.name} recorded.",
    )
