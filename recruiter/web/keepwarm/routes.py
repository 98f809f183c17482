"""Who must hear from us, and what is recorded about one finalist."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Promise, PromiseState, Touchpoint
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_feedback
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import bench_page
from recruiter.web.keepwarm.bench.form_action import handle_bench_form
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.request import guard


@blueprint.page("/keep-warm", Permission.KEEPWARM_LIST)
def index() -> ResponseReturnValue:
    """Finalists who are waiting, most urgent first."""
    return render_template("keepwarm/index.html", page=list_page.page_of())


@blueprint.page("/applications/<int:application_id>/bench", Permission.KEEPWARM_READ)
def of_application(application: Application) -> ResponseReturnValue:
    """Everything that was said to one finalist, and by them."""
    return bench_page.render(application)


@blueprint.act("/applications/<int:application_id>/touchpoints", Permission.KEEPWARM_WRITE)
def touch(application: Application) -> ResponseReturnValue:
    """Record a contact, and by when they hear again."""
    form = forms.ContactForm()

    def save() -> Touchpoint:
        contact, hear_by = form.value(guard.zone()), form.promise_by.data
        return checked_feedback.record(
            db.session(), application=application, contact=contact, hear_by=hear_by, act=guard.act()
        )

    fields = {"said": "text", "at": "when", "hear_by": "promise_by"}
    flash = f"Contact with {application.candidate.name} recorded."
    return handle_bench_form(application, form, "contact", save, flash=flash, fields=fields)


@blueprint.act("/applications/<int:application_id>/promises", Permission.KEEPWARM_WRITE)
def promise(application: Application) -> ResponseReturnValue:
    """Record what a candidate was told."""
    form = forms.PromiseForm()

    def save() -> Promise:
        what, zone = form.what.data or "", form.zone.data or ""
        due_on = cast("dt.date", form.due_on.data)
        return promise_services.make_promise(
            db.session(), application=application, what=what, due_on=due_on, zone=zone, act=guard.act()
        )

    flash = f"Promise to {application.candidate.name} recorded."
    return handle_bench_form(application, form, "new-promise", save, flash=flash)


@blueprint.act("/promises/<int:promise_id>/state", Permission.KEEPWARM_WRITE)
def settle(promise: Promise) -> ResponseReturnValue:
    """A promise is kept, renewed before it is due, or said to be broken."""
    form = forms.SettleForm()
    application = promise.application

    def save() -> Promise:
        to = PromiseState(form.state.data)
        return contact_services.answer_promise(
            db.session(),
            promise=promise,
            to=to,
            due_on=form.due_on.data if to == PromiseState.RENEWED else None,
            answer=form.answer.data or "",
            channel=Channel(form.channel.data),
            act=guard.act(),
        )

    def flash(settled: Promise) -> str:
        return f"Promise to {application.candidate.name}: {settled.state.value}."

    return handle_bench_form(application, form, f"promise-{promise.id}", save, flash=flash)
