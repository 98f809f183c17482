"""What was said, written down where somebody reads of a candidate: a call or a mail as a contact, else a note."""

from __future__ import annotations

from typing import Any

from recruiter.foundation.database.db import db
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.privacy import word_check
from recruiter.web.candidates import note_routes
from recruiter.web.candidates.area import blueprint
from recruiter.web.pipeline.application import record_forms, records
from recruiter.web.request import guard

CONTACTS = {"call": (Channel.PHONE, TouchKind.CALL), "email": (Channel.EMAIL, TouchKind.UPDATE)}


def _check_sent(application: Application, form: record_forms.ComposeForm) -> None:
    """A mail of ours holds what any message to a candidate may; what they said, and notes of a call, are let through."""
    if form.how.data == "email" and not form.theirs.data:
        names = word_check.names_in(application, guard.actor())
        word_check.check(form.text.data or "", field="text", names=names, confirmed=form.confirmed.data or "")


def _contact(application: Application, form: record_forms.ComposeForm) -> str:
    channel, kind = CONTACTS[form.how.data]
    direction = Direction.FROM if form.theirs.data else Direction.TO
    contact = contact_services.Contact(direction, channel, kind, form.text.data or "")
    contact_services.record(db.session(), application=application, contact=contact, act=guard.act())
    return f"{record_forms.WAYS[form.how.data]} with {application.candidate.name} recorded."


@blueprint.post("/applications/<int:application_id>/notes")
@guard.needs(Permission.APPLICATION_NOTE)
def note_on_application(application: Application) -> Any:
    """Keep a call, a mail or a note on an application, and by when the candidate hears again."""
    session, actor = db.session(), guard.actor()
    people = records.people()
    form = record_forms.with_people(record_forms.ComposeForm(), people)
    if form.how.data in CONTACTS or form.promise_by.data is not None:
        permits.require(session, actor=actor, permission=Permission.KEEPWARM_WRITE, on=application)

    def act() -> str:
        note_routes.check_past_pay(form.text.data)
        _check_sent(application, form)
        message = (
            _contact(application, form)
            if form.how.data in CONTACTS
            else note_routes.write_note(application, form, people)
        )
        if form.promise_by.data is not None:
            promise_services.set_hear_by(
                session,
                application=application,
                by=form.promise_by.data,
                act=guard.act(),
            )
        return message

    return note_routes.handle_form(application, "note", form, act, said="text", hear_by="promise_by")
