"""Who looks after an application, on a page of its own."""

from __future__ import annotations

from typing import Any

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict
from recruiter.pipeline import history_queries, ownership
from recruiter.pipeline.models import Application
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.pipeline.application import forms
from recruiter.web.pipeline.application.form_action import handle_form
from recruiter.web.pipeline.area import blueprint
from recruiter.web.request import conflicts, guard


def movers(requisition: Requisition) -> list[User]:
    """Those who may look after an application of a requisition, by name."""
    return list(db.session.scalars(scopes.movers(requisition)))


def owner_text(owner: User | None) -> str:
    """Whose it is, in words that go on a sentence."""
    return f"with {owner.name}" if owner else "without owner"


def latest_handover_text(application: Application) -> str:
    """Who handed an application over since somebody read it, to whom, and when."""
    latest = history_queries.owner_changes_among(db.session(), [application.id])[-1:]
    if not latest:
        return f"{application.candidate.name} is {owner_text(application.owner)} now."
    text = (
        f"gave {application.candidate.name} to {latest[0].to_owner.name}"
        if latest[0].to_owner
        else "left them without owner"
    )
    return f"{latest[0].changed_by.name} {text} {conflicts.when(latest[0].changed_at)}."


@blueprint.route("/applications/<int:application_id>/owner", methods=["GET", "POST"])
@guard.needs(Permission.APPLICATION_MOVE)
def owner(application: Application) -> Any:
    """Give an application to somebody who may move it, or to nobody."""
    people = movers(application.requisition)
    owner_id = str(application.owner_id or "")
    form = forms.owner_form(people, owner=owner_id or forms.NOBODY, was=owner_id)
    name = application.candidate.name

    def act() -> str:
        if form.was.data != owner_id:
            form.was.data = owner_id
            raise Conflict(f"Not changed. {latest_handover_text(application)} What you chose is kept below.")
        new_owner = next((user for user in people if str(user.id) == form.owner.data), None)
        change = ownership.assign(
            db.session(),
            application=application,
            to=new_owner,
            mover_ids=[user.id for user in people],
            act=guard.act(),
        )
        if change is None:
            raise Conflict(f"{name} is {owner_text(new_owner)} already. Choose somebody else, or go back.")
        return f"{name} is {owner_text(new_owner)} now."

    return handle_form(
        application,
        form,
        act=act,
        title=f"Owner of {name}",
        button="Set owner",
        template="pipeline/owner.html",
        options=forms.owners(people),
        undo="handed",
    )
