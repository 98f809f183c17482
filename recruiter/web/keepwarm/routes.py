"""Who must hear from us, and what is recorded about one finalist."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import render_template

from recruiter.foundation.database.db import db
from recruiter.keepwarm import queries
from recruiter.keepwarm.contacts import contact_services, next_contact_promise
from recruiter.keepwarm.models.records import Channel, Direction, Promise, PromiseState, TouchKind
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy import checked_feedback
from recruiter.web.keepwarm import forms
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.keepwarm.bench import bench_page
from recruiter.web.keepwarm.bench.form_action import act_on
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.request import guard


@blueprint.get("/keep-warm")
@guard.needs(Permission.KEEPWARM_LIST)
def index() -> Any:
    """Finalists who are waiting, most urgent first."""
    return render_template("keepwarm/index.html", page=list_page.page_of())


@blueprint.get("/applications/<int:application_id>/bench")
@guard.needs(Permission.KEEPWARM_READ)
def of_application(application: Application) -> Any:
    """Everything that was said to one finalist, and by them."""
    return render_template("keepwarm/bench.html", page=bench_page.page_of(application))


@blueprint.post("/applications/<int:application_id>/touchpoints")
@guard.needs(Permission.KEEPWARM_WRITE)
def touch(application: Application) -> Any:
    """Record a contact, and by when they hear again."""
    form = forms.ContactForm()

    def act() -> str:
        contact = contact_services.Contact(
            Direction(form.direction.data),
            Channel(form.channel.data),
            TouchKind(form.kind.data),
            form.said.data or "",
            form.at(guard.settings().zone),
        )
        checked_feedback.check(contact.text, field="said", kind=contact.kind, direction=contact.direction)
        contact_services.record_contact(db.session(), application=application, contact=contact, act=guard.act())
        if form.promise_by.data is not None:
            next_contact_promise.set_hear_by(
                db.session(),
                application=application,
                by=form.promise_by.data,
                act=guard.act(),
            )
        return f"Contact with {application.candidate.name} recorded."

    return act_on(application, key="contact", form=form, act=act, at="when", due_on="promise_by")


@blueprint.post("/applications/<int:application_id>/promises")
@guard.needs(Permission.KEEPWARM_WRITE)
def promise(application: Application) -> Any:
    """Record what a candidate was told."""
    form = forms.PromiseForm()

    def act() -> str:
        contact_services.make_promise(
            db.session(),
            application=application,
            what=form.what.data or "",
            due_on=cast("dt.date", form.due_on.data),
            zone=form.zone.data or "",
            act=guard.act(),
        )
        return f"Promise to {application.candidate.name} recorded."

    return act_on(application, key="new-promise", form=form, act=act)


@blueprint.post("/promises/<int:promise_id>/state")
@guard.needs(Permission.KEEPWARM_WRITE)
def settle(promise: Promise) -> Any:
    """A promise is kept, renewed before it is due, or said to be broken."""
    form = forms.SettleForm()
    application = queries.application_of(db.session(), promise)

    def act() -> str:
        to, answer = PromiseState(form.state.data), form.answer.data or ""
        if to in {PromiseState.KEPT, PromiseState.RENEWED}:
            contact = contact_services.Contact(Direction.TO, Channel(form.channel.data), TouchKind.UPDATE, answer)
            contact_services.record_contact(db.session(), application=application, contact=contact, act=guard.act())
        contact_services.settle_promise(
            db.session(),
            promise=promise,
            to=to,
            due_on=form.due_on.data if to == PromiseState.RENEWED else None,
            answer=answer,
            act=guard.act(),
        )
        return f"Promise to {application.candidate.name}: {to.value}."

    return act_on(application, key=f"promise-{promise.id}", form=form, act=act)
