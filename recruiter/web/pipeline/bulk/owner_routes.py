"""Who looks after an application, on a page of its own."""

from __future__ import annotations

from typing import Any

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.pipeline import ownership, timeline
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.pipeline.application import forms
from recruiter.web.pipeline.application.form_action import act_on
from recruiter.web.pipeline.area import blueprint
from recruiter.web.request import conflicts, guard


def movers(requisition: Requisition) -> list[User]:
    """Those who may look after an application of a requisition, by name."""
    return list(db.session.scalars(scopes.movers(requisition)))


def with_whom(owner: User | None) -> str:
    """Whose it is, in words that go on a sentence."""
    return f"with {owner.name}" if owner else "without owner"


def handed_meanwhile(application: Application) -> str:
    """Who handed an application over since somebody read it, to whom, and when."""
    last = timeline.handed_among(db.session(), [application.id])[-1:]
    if not last:
        return f"{application.candidate.name} is {with_whom(application.owner)} now."
    to = (
        f"gave {application.candidate.name} to {last[0].to_owner.name}"
        if last[0].to_owner
        else "left them without owner"
    )
    return f"{last[0].changed_by.name} {to} {conflicts.when(last[0].changed_at)}."


@blueprint.route("/applications/<int:application_id>/owner", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def owner(application: Application) -> Any:
    """Give an application to somebody who may move it, or to nobody."""
    people = movers(application.requisition)
    was = str(application.owner_id or "")
    form = forms.owner_form(people, owner=was or forms.NOBODY, was=was)
    name = application.candidate.name

    def act() -> str:
        if form.was.data != was:
            form.was.data = was
            raise Conflict(f"Not changed. {handed_meanwhile(application)} What you chose is kept below.")
        to = next((one for one in people if str(one.id) == form.owner.data), None)
        change = ownership.hand(
            db.session(),
            application=application,
            to=to,
            among=[one.id for one in people],
            actor=guard.actor(),
            now=guard.now(),
        )
        if change is None:
            raise Conflict(f"{name} is {with_whom(to)} already. Choose somebody else, or go back.")
        return f"{name} is {with_whom(to)} now."

    return act_on(
        application,
        form,
        act=act,
        title=f"Owner of {name}",
        button="Set owner",
        template="pipeline/owner.html",
        options=forms.owners(people),
        undo="handed",
    )
