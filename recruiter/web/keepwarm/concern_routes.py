"""What stands in the way of a finalist: concerns, other employers, and whether they are ready."""

from __future__ import annotations

from typing import Any

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import competing_processes, contact_services
from recruiter.keepwarm.models.records import Concern, ConcernKind, ConcernState
from recruiter.offers.models import SourceClass
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import bench_page, process_form
from recruiter.web.keepwarm.bench.form_action import act_on
from recruiter.web.request import guard


@blueprint.post("/applications/<int:application_id>/concerns")
@guard.needs(Permission.KEEPWARM_WRITE)
def concern(application: Application) -> Any:
    """Record why a finalist might say no."""
    people = bench_page.people()
    form = forms.own(forms.ConcernForm(), people)

    def act() -> str:
        contact_services.raise_concern(
            db.session(),
            application=application,
            kind=ConcernKind(form.kind.data),
            description=form.text.data or "",
            owner=forms.owner_of(form, people),
            act=guard.act(),
        )
        return "Concern recorded."

    return act_on(application, key="new-concern", form=form, act=act)


@blueprint.post("/concerns/<int:concern_id>")
@guard.needs(Permission.KEEPWARM_WRITE)
def change_concern(concern: Concern) -> Any:
    """Answer a concern, hand it over, resolve it."""
    people = bench_page.people()
    form = forms.own(forms.ConcernChangeForm(), people)
    application = queries.application_of(db.session(), concern)

    def act() -> str:
        if form.version.data not in {None, "", str(concern.version)}:
            raise Conflict("Not saved. Somebody else changed this concern meanwhile; the page shows it as it is now.")
        contact_services.change_concern(
            db.session(),
            concern=concern,
            state=ConcernState(form.state.data),
            answer=form.answer.data or "",
            owner=forms.owner_of(form, people),
            act=guard.act(),
        )
        return "Concern changed."

    return act_on(application, key=f"concern-{concern.id}", form=form, act=act)


@blueprint.post("/applications/<int:application_id>/competing-processes")
@guard.needs(Permission.KEEPWARM_WRITE)
def competing(application: Application) -> Any:
    """Record what a candidate volunteered of another process."""
    form = process_form.form_for(application)

    def act() -> str:
        competing_processes.record(
            db.session(),
            application=application,
            stage=form.stage.data or "",
            source_class=SourceClass(form.source.data),
            employer=form.employer.data or "",
            decision_on=form.decision_on.data,
            amount=form.money(),
            disclosed_on=form.disclosed_on.data,
            act=guard.act(),
        )
        return "Other process recorded."

    return act_on(application, key="process", form=form, act=act)


@blueprint.post("/applications/<int:application_id>/readiness")
@guard.needs(Permission.KEEPWARM_WRITE)
def readiness(application: Application) -> Any:
    """Record what a finalist answered about being ready."""
    form = forms.ReadinessForm()

    def act() -> str:
        answers = contact_services.ReadinessAnswers(
            interested=forms.said_yes(form.interested),
            available_from=form.available_from.data,
            expectation_within_band=forms.said_yes(form.expectation_within_band),
            references_done_on=form.references_done_on.data,
        )
        contact_services.record_readiness(
            db.session(),
            application=application,
            answers=answers,
            act=guard.act(),
        )
        return f"Readiness of {application.candidate.name} recorded."

    return act_on(application, key="ready", form=form, act=act)
